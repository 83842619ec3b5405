using System.Collections.Immutable;

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

    /// <summary>The assets to archive, in the order given.</summary>
    public ImmutableArray<AssetSelector> Deletions { get; init; } = [];

    /// <summary>What it means by tags and custom metadata of assets that exist.</summary>
    public SaveManner Manner { get; init; }

    /// <summary>What it says of tags alone, in the order given.</summary>
    public ImmutableArray<TagCall> TagCalls { get; init; } = [];

    /// <summary>A request about tags alone.</summary>
    public static SaveRequest Tag(ImmutableArray<TagCall> calls) => new() { Kind = RequestKind.Tags, TagCalls = calls };

    /// <summary>A request that says a part of one asset and leaves the rest alone.</summary>
    internal static SaveRequest Part(RequestAsset asset, AssetSelector target) => new() { Kind = RequestKind.Partial, Assets = [asset], Target = target };

    /// <summary>A request to archive assets.</summary>
    public static SaveRequest Delete(ImmutableArray<AssetSelector> targets) => new() { Kind = RequestKind.Delete, Deletions = targets };
}
