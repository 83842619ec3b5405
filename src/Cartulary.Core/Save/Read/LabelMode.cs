namespace Cartulary.Core.Save.Read;

/// <summary>What a request does with the labels it gives.</summary>
public enum LabelMode
{
    /// <summary>They are all there are.</summary>
    Replace,

    /// <summary>They are added.</summary>
    Add,

    /// <summary>They are taken away.</summary>
    Remove,
}
