using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;

namespace Cartulary.Search.Following;

/// <summary>Which assets some commits touched.</summary>
internal sealed class TouchedAssets
{
    private readonly Dictionary<AssetId, Guid> _assets = [];
    private readonly HashSet<Guid> _renamed = [];

    /// <summary>Those that are other documents now, or none any more.</summary>
    public IReadOnlyDictionary<AssetId, Guid> Assets => _assets;

    /// <summary>Those whose names may stand in the documents of others.</summary>
    public IReadOnlySet<Guid> Renamed => _renamed;

    /// <summary>Reads them out of commits.</summary>
    public static TouchedAssets Of(ImmutableArray<LoggedCommit> commits, TypeRegistry registry)
    {
        var touched = new TouchedAssets();
        foreach (var record in commits.SelectMany(commit => CommitLog.Decode(commit)))
        {
            touched._assets[record.Numbers.Asset] = record.Asset.Guid;
            if (record.Body.Attributes.Any(change => registry.Attribute(change.AttributeId).Name is "name" or "qualifiedName")
                && SearchDocuments.AreNamedByOthers(registry.Entity(record.Asset.TypeId)))
            {
                touched._renamed.Add(record.Asset.Guid);
            }
        }

        return touched;
    }

    /// <summary>Adds assets that name one of them.</summary>
    public void Add(IEnumerable<(AssetId Asset, Guid Guid)> dependents)
    {
        foreach (var (asset, guid) in dependents)
        {
            _assets.TryAdd(asset, guid);
        }
    }
}
