namespace Cartulary.Core.Save.Read;

/// <summary>What a save means by the tags of assets that exist; those it creates get the tags it gives.</summary>
public enum TagMode
{
    /// <summary>It says nothing about them.</summary>
    Ignored,

    /// <summary><c>classifications</c> are the asset's own tags from now on.</summary>
    Replace,

    /// <summary><c>addOrUpdateClassifications</c> are added or changed, <c>removeClassifications</c> taken away.</summary>
    Append,
}
