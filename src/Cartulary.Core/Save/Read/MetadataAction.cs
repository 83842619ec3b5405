namespace Cartulary.Core.Save.Read;

/// <summary>What is done with custom metadata that a request gives.</summary>
public enum MetadataAction
{
    /// <summary>It is set, null clears it, a set that is empty or null is cleared whole; the rest stays.</summary>
    Merge,

    /// <summary>It is all there is.</summary>
    Overwrite,

    /// <summary>The attributes it names are cleared, and all of a set that is empty or null; their values do not count.</summary>
    Remove,
}
