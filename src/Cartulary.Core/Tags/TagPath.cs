namespace Cartulary.Core.Tags;

/// <summary>What kind of step an edge is for a tag; restrictions of a tag speak of kinds.</summary>
internal enum TagPath
{
    /// <summary>From an asset to a process that reads it, or from a process to an asset that it writes.</summary>
    Lineage,

    /// <summary>Between what contains and what is contained.</summary>
    Hierarchy,

    /// <summary>Any other, such as from a term to what it describes.</summary>
    Peer,
}
