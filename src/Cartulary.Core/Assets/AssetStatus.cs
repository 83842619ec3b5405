namespace Cartulary.Core.Assets;

/// <summary>Whether an asset is in use or archived.</summary>
public enum AssetStatus : byte
{
    /// <summary>In use.</summary>
    Active = 1,

    /// <summary>Archived: still readable, its edges suspended.</summary>
    Deleted = 2,
}
