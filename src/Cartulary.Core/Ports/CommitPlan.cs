using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Ports;

/// <summary>
/// Everything one save writes, decided beforehand except for the numbers that only the commit can give: sequence, versions,
/// time. Buffers in it are owned by the plan; a store writes the commit's time into them at the marked places.
/// </summary>
public sealed record CommitPlan
{
    /// <summary>The commit it was planned on.</summary>
    public required CommitNumber BasedOn { get; init; }

    /// <summary>The registry version it was planned with; another one makes it invalid.</summary>
    public required long RegistryVersion { get; init; }

    /// <summary>Marks (see <see cref="ConflictMarks"/>) of all that the plan relies on: none of it may have been written since <see cref="BasedOn"/>.</summary>
    public required ImmutableArray<ulong> Reads { get; init; }

    /// <summary>
    /// Marks of what <see cref="Summary"/> shows and the plan does not rely on: states of assets that stay as they are. When one of
    /// them has been written since, the plan holds, and the summary shows what was before: <see cref="CommitOutcome.Committed.ShowsOldStates"/>.
    /// </summary>
    public ImmutableArray<ulong> Shows { get; init; } = [];

    /// <summary>Marks of all that the plan writes.</summary>
    public required ImmutableArray<ulong> Writes { get; init; }

    /// <summary>
    /// Those of <see cref="Writes"/> that can turn an unchanged save into a changing one: each stored asset of which anything
    /// changes, edges included (<see cref="ConflictMarks.Touch"/>), and each name that means another asset now or may do so.
    /// </summary>
    public ImmutableArray<ulong> Touches { get; init; } = [];

    /// <summary>The number of the attribute <c>qualifiedName</c>, by which the commit names the partners it lists.</summary>
    public required int QualifiedNameId { get; init; }

    /// <summary>Who saves.</summary>
    public required CommitContext Context { get; init; }

    /// <summary>The assets the plan speaks of; other parts name them by their place here.</summary>
    public required ImmutableArray<PlanSubject> Subjects { get; init; }

    /// <summary>Assets to create.</summary>
    public required ImmutableArray<AssetInsert> Inserts { get; init; }

    /// <summary>Assets whose version rises, with whatever else changes of them.</summary>
    public required ImmutableArray<AssetUpdate> Updates { get; init; }

    /// <summary>Edges to end; before the new ones are recorded.</summary>
    public required ImmutableArray<long> ClosedEdges { get; init; }

    /// <summary>Edges to record.</summary>
    public required ImmutableArray<EdgeInsert> OpenedEdges { get; init; }

    /// <summary>The events, in order.</summary>
    public required ImmutableArray<PlannedEvent> Events { get; init; }

    /// <summary>What the caller is told.</summary>
    public required SaveSummary Summary { get; init; }

    /// <summary>The request that the plan answers; null when it came without a key, and then nothing of it is stored.</summary>
    public PlannedRequest? Request { get; init; }
}

/// <summary>An asset that a plan speaks of.</summary>
/// <param name="Asset">Its number, or zero for one that the plan creates.</param>
/// <param name="Guid">Its guid.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="QualifiedName">Its qualified name after the save; empty when it has none.</param>
public sealed record PlanSubject(AssetId Asset, Guid Guid, int TypeId, string QualifiedName);

/// <summary>An asset to create, in use, with version 1.</summary>
/// <param name="Subject">Its place among the subjects.</param>
/// <param name="State">Its encoded state.</param>
/// <param name="TimePatches">Offsets in <paramref name="State"/> at which the commit writes its time, as 8 bytes, big endian.</param>
/// <param name="Keys">The keys it can be found by.</param>
public sealed record AssetInsert(int Subject, byte[] State, ImmutableArray<int> TimePatches, ImmutableArray<AssetKey> Keys);

/// <summary>An asset whose version rises by one.</summary>
/// <param name="Subject">Its place among the subjects.</param>
/// <param name="State">Its new encoded state, kept as a new revision; null when the state stays.</param>
/// <param name="TimePatches">Offsets in <paramref name="State"/> at which the commit writes its time, as 8 bytes, big endian.</param>
/// <param name="Status">Its new status; null when the status stays.</param>
/// <param name="AddedKeys">Keys it gains.</param>
/// <param name="RemovedKeys">Keys it loses.</param>
public sealed record AssetUpdate(
    int Subject,
    byte[]? State,
    ImmutableArray<int> TimePatches,
    AssetStatus? Status,
    ImmutableArray<AssetKey> AddedKeys,
    ImmutableArray<AssetKey> RemovedKeys);

/// <summary>An edge to record.</summary>
/// <param name="RelationshipId">The number of the relationship type.</param>
/// <param name="End1">The subject at end 1.</param>
/// <param name="End2">The subject at end 2.</param>
/// <param name="Attributes">The edge's encoded attributes; null when it has none.</param>
/// <param name="Link">The link of the edge that this one continues with other attributes; null for a new edge.</param>
public sealed record EdgeInsert(int RelationshipId, int End1, int End2, byte[]? Attributes, long? Link);

/// <summary>An event, complete but for its numbers.</summary>
/// <param name="Subject">The asset it is about.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Status">The asset's status after the save.</param>
/// <param name="Body">The encoded change; the layout is in docs/formats/log-record.md.</param>
/// <param name="TimePatches">Offsets in <paramref name="Body"/> at which the commit writes its time, as 8 bytes, big endian.</param>
/// <param name="Lists">Relationship attributes whose live partners the commit writes into the record, as they are after the save.</param>
public sealed record PlannedEvent(
    int Subject, Events.EventKind Kind, AssetStatus Status, byte[] Body, ImmutableArray<int> TimePatches, ImmutableArray<EndListRequest> Lists);

/// <summary>Asks the commit for the live partners of one relationship attribute of an event's asset.</summary>
/// <param name="RelationshipId">The number of the relationship type.</param>
/// <param name="Side">The end at which the asset stands.</param>
/// <param name="IsSymmetric">Whether edges are to be found from either end.</param>
/// <param name="Limit">With more partners than this the list is left out.</param>
public sealed record EndListRequest(int RelationshipId, EndSide Side, bool IsSymmetric, int Limit);
