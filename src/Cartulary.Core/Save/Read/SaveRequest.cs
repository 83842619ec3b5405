using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Read;

/// <summary>A request to change assets, read from JSON: the pipeline's input, whichever endpoint it came by.</summary>
public sealed record SaveRequest
{
    internal SaveRequest()
    {
    }

    /// <summary>Which kind of call it is.</summary>
    public required RequestKind Kind { get; init; }

    /// <summary>The assets it speaks of, in payload order, referred ones last.</summary>
    public ImmutableArray<RequestAsset> Assets { get; init; } = [];

    /// <summary>The asset that a partial update is about; null for other kinds.</summary>
    public AssetSelector? Target { get; init; }

    /// <summary>Which versions the one asset that the request is about may have; null when any will do.</summary>
    public VersionCondition? IfMatch { get; init; }

    /// <summary>The assets to delete or to restore, in the order given.</summary>
    public ImmutableArray<AssetSelector> Named { get; init; } = [];

    /// <summary>What it means by tags and custom metadata of assets that exist.</summary>
    public SaveManner Manner { get; init; }

    /// <summary>What it says of tags alone, in the order given.</summary>
    public ImmutableArray<TagCall> TagCalls { get; init; } = [];

    /// <summary>A request about tags alone.</summary>
    public static SaveRequest Tag(ImmutableArray<TagCall> calls) => new() { Kind = RequestKind.Tags, TagCalls = calls };

    /// <summary>What it says of one relationship alone; null when it is about assets.</summary>
    public EdgeCall? Edge { get; init; }

    /// <summary>A request about one relationship alone.</summary>
    public static SaveRequest Relationship(EdgeCall call) => new() { Kind = RequestKind.Relationship, Edge = call };

    /// <summary>A request that says a part of one asset and leaves the rest alone.</summary>
    internal static SaveRequest Part(RequestAsset asset, AssetSelector target) => new() { Kind = RequestKind.Partial, Assets = [asset], Target = target };

    /// <summary>Whether unique attributes that no asset has are passed over, as unknown guids always are.</summary>
    public bool PassesOverUnknownNames { get; init; }

    /// <summary>What becomes of the assets that are deleted.</summary>
    public DeletionKind Deletion { get; init; }

    /// <summary>The assets that a step of a job deletes.</summary>
    internal ImmutableArray<AssetId> Members { get; init; } = [];

    /// <summary>The job that a step belongs to; null for the requests of clients.</summary>
    internal RunningDeletion? Job { get; init; }

    /// <summary>A step of a job: members that have been deleted meanwhile are passed over.</summary>
    internal static SaveRequest DeleteStep(RunningDeletion job, ImmutableArray<AssetId> members, DeletionKind kind) =>
        new() { Kind = RequestKind.Delete, Members = members, Deletion = kind, Job = job };

    /// <summary>A request to archive or purge assets. Guids that no asset has are passed over.</summary>
    public static SaveRequest Delete(ImmutableArray<AssetSelector> targets, DeletionKind kind = DeletionKind.Archive) =>
        new() { Kind = RequestKind.Delete, Named = targets, Deletion = kind };

    /// <summary>The same, and unique attributes that no asset has are passed over too.</summary>
    public static SaveRequest DeleteKnown(ImmutableArray<AssetSelector> targets, DeletionKind kind) =>
        Delete(targets, kind) with { PassesOverUnknownNames = true };

    /// <summary>A request to restore archived assets. Guids that no asset has, and assets in use, are passed over.</summary>
    public static SaveRequest Restore(ImmutableArray<AssetSelector> targets) => new() { Kind = RequestKind.Restore, Named = targets };
}
