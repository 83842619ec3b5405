using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>A request whose every name has become an asset, with the stored edges it speaks of.</summary>
internal sealed class ResolvedBatch
{
    public required RequestKind Kind { get; init; }

    /// <summary>The assets that the request lists, each once.</summary>
    public required ImmutableArray<ResolvedAsset> Assets { get; init; }

    /// <summary>All assets met so far.</summary>
    public required AssetPool Pool { get; init; }

    public required ImmutableArray<EdgeStatement> EdgeStatements { get; init; }

    /// <summary>Stored edges, and those that the save will record.</summary>
    public required EdgeBook Edges { get; init; }

    /// <summary>Assets to archive with all they own, owners before what they own.</summary>
    public required ImmutableArray<StatusStep> Archived { get; init; }

    /// <summary>Owned assets that come back with their owner, owners first.</summary>
    public required ImmutableArray<StatusStep> Restored { get; init; }

    /// <summary>The stored assets that hold a unique value of the request.</summary>
    public required ILookup<AssetKey, KeyMatch> KeyMatches { get; init; }

    public required ImmutableArray<KeyValuePair<string, Guid>> GuidAssignments { get; init; }

    /// <summary>The job of which the save is a step; null when it is none.</summary>
    public RunningDeletion? Job { get; init; }
}

/// <summary>A change of an asset's status; <paramref name="Owner"/> is the asset it follows, or null when it was asked for.</summary>
internal sealed record StatusStep(BatchAsset Asset, BatchAsset? Owner, int RelationshipId);
