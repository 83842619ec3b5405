using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;

namespace Cartulary.Core.Export;

/// <summary>The assets that an export shows, as of its moment: those that have been purged since are among them, and later ones are not.</summary>
/// <param name="session">The session.</param>
/// <param name="commit">The moment; not before the past that is kept.</param>
internal sealed class ExportedAssets(IReadSession session, CommitNumber commit)
{
    private readonly bool _isPresent = commit == session.Head.Commit;
    private readonly PastView _view = new(session, commit);

    /// <summary>Some assets after one, in the order of their numbers, and after which one to go on; null when there are no more.</summary>
    public async ValueTask<(ImmutableArray<StoredAsset> Assets, AssetId? Next)> ScanAsync(AssetId after, int limit, CancellationToken cancellationToken)
    {
        var kept = await session.ScanAsync(after, limit, cancellationToken);
        if (_isPresent)
        {
            return (kept, kept.Length < limit ? null : kept[^1].Id);
        }

        var purged = await session.ScanPurgedAsync(after, limit, cancellationToken);
        var last = Math.Min(kept.Length < limit ? long.MaxValue : kept[^1].Id.Value, purged.Length < limit ? long.MaxValue : purged[^1].Value);
        var ids = kept.Select(asset => asset.Id).Concat(purged).Where(id => id.Value <= last).ToHashSet();
        var then = await _view.LoadAsync(ids, cancellationToken);
        return ([.. then.Values.OrderBy(asset => asset.Id.Value)], last == long.MaxValue ? null : new AssetId(last));
    }

    /// <summary>The assets with these numbers.</summary>
    public ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        _view.LoadAsync(assets, cancellationToken);

    /// <summary>The assets with these guids.</summary>
    public async ValueTask<IEnumerable<StoredAsset>> FindAsync(IReadOnlyCollection<Guid> guids, CancellationToken cancellationToken)
    {
        var found = await session.FindByGuidAsync(guids, cancellationToken);
        var gone = _isPresent ? [] : (await session.FindPurgedAsync([.. guids.Where(guid => !found.ContainsKey(guid))], cancellationToken)).Values.Select(asset => asset.Id);
        return (await _view.LoadAsync([.. found.Values, .. gone], cancellationToken)).Values;
    }

    /// <summary>Every edge of these assets.</summary>
    public ValueTask<ImmutableArray<StoredEdge>> EdgesAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        _view.EdgesAsync(assets, cancellationToken);

    /// <summary>The commits that archived these assets, which were archived; where that has been trimmed it is left out.</summary>
    public ValueTask<IReadOnlyDictionary<AssetId, CommitNumber>> ArchivingsAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        session.ArchivingsAsOfAsync(assets, commit, cancellationToken);
}
