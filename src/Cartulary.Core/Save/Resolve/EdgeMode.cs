namespace Cartulary.Core.Save.Resolve;

/// <summary>What a statement does with the members of a relationship attribute.</summary>
internal enum EdgeMode
{
    /// <summary>They are all there is.</summary>
    Replace,

    /// <summary>They are added.</summary>
    Append,

    /// <summary>They are taken away.</summary>
    Remove,
}
