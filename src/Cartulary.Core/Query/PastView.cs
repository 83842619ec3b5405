using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Query;

/// <summary>A session's assets and edges as of a commit; the present ones are read as they stand.</summary>
/// <param name="session">The session.</param>
/// <param name="commit">The commit; not before the past that is kept.</param>
internal sealed class PastView(IReadSession session, CommitNumber commit)
{
    private readonly bool _isPresent = commit == session.Head.Commit;

    /// <summary>The assets that existed.</summary>
    public ValueTask<IReadOnlyDictionary<AssetId, StoredAsset>> LoadAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        _isPresent ? session.LoadAsync(assets, cancellationToken) : session.LoadAsOfAsync(assets, commit, cancellationToken);

    /// <summary>The edges that were recorded.</summary>
    public ValueTask<ImmutableArray<StoredEdge>> EdgesAsync(IReadOnlyCollection<AssetId> assets, CancellationToken cancellationToken) =>
        _isPresent ? session.EdgesOfAsync(assets, cancellationToken) : session.EdgesAsOfAsync(assets, commit, cancellationToken);
}
