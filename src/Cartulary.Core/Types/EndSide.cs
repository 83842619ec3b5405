namespace Cartulary.Core.Types;

/// <summary>Which end of a relationship an asset stands at.</summary>
public enum EndSide : byte
{
    /// <summary>The end declared first.</summary>
    One = 1,

    /// <summary>The end declared second.</summary>
    Two = 2,
}
