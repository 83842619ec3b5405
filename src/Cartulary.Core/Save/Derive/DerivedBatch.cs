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
    IReadOnlyDictionary<Guid, IReadOnlyList<DerivedCause>> LineageCauses,
    ImmutableArray<KeyValuePair<string, Guid>> GuidAssignments)
{
    /// <summary>For each asset that follows another one, such as the parts of one that moves, which one and by which relationship.</summary>
    public IReadOnlyDictionary<Guid, DerivedCause> Followed { get; init; } = ImmutableDictionary<Guid, DerivedCause>.Empty;

    /// <summary>The job of which the save is a step; null when it is none.</summary>
    public RunningDeletion? Job { get; init; }
}

/// <summary>The asset that another one's change may follow from, and the relationship that joins them.</summary>
internal sealed record DerivedCause(Guid Asset, int RelationshipId);
