namespace Cartulary.Core.Save.Read;

/// <summary>What a request does with tags of an asset.</summary>
public enum TagAction
{
    /// <summary>Attaches tags that the asset must not have of its own yet.</summary>
    Attach,

    /// <summary>Changes tags that the asset must have of its own.</summary>
    Update,

    /// <summary>Takes tags away that the asset must have of its own.</summary>
    Remove,

    /// <summary>Attaches tags, or changes those that the asset has.</summary>
    Put,

    /// <summary>Takes tags away if the asset has them.</summary>
    Drop,

    /// <summary>Makes these the asset's own tags, and no others.</summary>
    Replace,
}
