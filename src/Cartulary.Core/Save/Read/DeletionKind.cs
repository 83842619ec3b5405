namespace Cartulary.Core.Save.Read;

/// <summary>What becomes of assets that are deleted.</summary>
public enum DeletionKind
{
    /// <summary>Those in use are archived, with the parts that they own.</summary>
    Archive,

    /// <summary>Those in use are purged, with the parts that they own; archived ones stay.</summary>
    Remove,

    /// <summary>Archived ones are purged, with the parts that they own; those in use stay.</summary>
    PurgeArchived,

    /// <summary>All are purged, in use or archived, with the parts that they own.</summary>
    Purge,
}
