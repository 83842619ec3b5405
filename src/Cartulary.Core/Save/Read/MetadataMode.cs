namespace Cartulary.Core.Save.Read;

/// <summary>What a save means by the custom metadata of assets that exist; those it creates get what it gives.</summary>
public enum MetadataMode
{
    /// <summary>It says nothing about it.</summary>
    Ignored,

    /// <summary>What is given is set, null clears it, a set that is empty or null is cleared whole; the rest stays.</summary>
    Merge,

    /// <summary>What is given is all there is; where nothing is given, nothing is left.</summary>
    Overwrite,
}
