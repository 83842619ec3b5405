using System.Collections.Immutable;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Derive;

/// <summary>All states and edges as they are after the save, with everything that types add of their own.</summary>
internal sealed record DerivedBatch(
    ImmutableArray<DerivedAsset> Assets,
    EdgeBook Edges,
    AssetPool Pool,
    ImmutableArray<StatusStep> Archived,
    ImmutableArray<StatusStep> Restored,
    IReadOnlyDictionary<Guid, IReadOnlyList<LineageCause>> LineageCauses,
    ImmutableArray<KeyValuePair<string, Guid>> GuidAssignments)
{
    /// <summary>The job of which the save is a step; null when it is none.</summary>
    public RunningDeletion? Job { get; init; }
}

/// <summary>Why an asset's lineage flag changes: the process, and the relationship that joins them.</summary>
internal sealed record LineageCause(Guid Process, int RelationshipId);
