namespace Cartulary.Core.Assets;

/// <summary>Whether an asset is in use, archived or gone.</summary>
public enum AssetStatus : byte
{
    /// <summary>In use.</summary>
    Active = 1,

    /// <summary>Archived: still readable, its edges suspended.</summary>
    Deleted = 2,

    /// <summary>Purged: no part of the catalog any more. Its events and its past are still known; its number and guid are never used again.</summary>
    Purged = 3,
}
