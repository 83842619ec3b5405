using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Ports;

/// <summary>What the caller of a save is told, as far as it can be known before the commit.</summary>
/// <param name="GuidAssignments">The real guid for each guid of the request that differs from it, in the order first met.</param>
/// <param name="Mutations">Every asset that the save changes, in the order of the events that stand for them (<see cref="Events.EventKinds"/>).</param>
public sealed record SaveSummary(ImmutableArray<KeyValuePair<string, Guid>> GuidAssignments, ImmutableArray<AssetMutation> Mutations)
{
    /// <summary>Every asset that the request lists, changed or not, in its order; empty when nobody asked for it.</summary>
    public ImmutableArray<ListedAsset> Listed { get; init; } = [];
}

/// <summary>How a save changes one asset.</summary>
/// <param name="Subject">The asset's place in <see cref="CommitPlan.Subjects"/>.</param>
/// <param name="Kind">Under which list of the answer it stands.</param>
/// <param name="IsRelated">True when it only changes because a relationship of another asset does.</param>
/// <param name="Guid">Its guid.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="Status">Its status after the save.</param>
/// <param name="Created">Who created it and when; null when this save does.</param>
/// <param name="State">Its state after the save; dates that the commit gives are still zero.</param>
public sealed record AssetMutation(
    int Subject, MutationKind Kind, bool IsRelated, Guid Guid, int TypeId, AssetStatus Status, CommitStamp? Created, AssetState State);

/// <summary>The lists of a save's answer.</summary>
public enum MutationKind
{
    /// <summary>Created.</summary>
    Create,

    /// <summary>Changed.</summary>
    Update,

    /// <summary>Archived or purged.</summary>
    Delete,
}
