using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Query.Audit;

/// <summary>Goes through the events of some assets by their versions, one asset after another and the newest first, and never beyond a limit.</summary>
/// <param name="session">The session.</param>
/// <param name="span">Between which commits.</param>
/// <param name="most">Most versions it looks at.</param>
internal sealed class AuditVersionScan(IReadSession session, AuditSpan span, int most)
{
    // A commit may hold ten thousand events, so few are held at once.
    private const int CommitsAtOnce = 16;
    private int _looked;

    /// <summary>Whether it stopped at its limit, with more to look at.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The events of the assets, with their places in their commits.</summary>
    public async IAsyncEnumerable<(LoggedCommit Commit, int Index, LogRecord Record)> ReadAsync(
        IEnumerable<StoredAsset> assets, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var asset in assets)
        {
            for (var atMost = asset.Version; atMost > 0;)
            {
                if (_looked >= most)
                {
                    IsCut = true;
                    yield break;
                }

                var versions = await session.VersionsAsync(asset.Id, atMost, CommitsAtOnce, cancellationToken);
                _looked += versions.Length;
                foreach (var found in await EventsAsync(asset.Id, versions, cancellationToken))
                {
                    yield return found;
                }

                atMost = versions.IsEmpty || versions[^1].Commit.Value < span.FirstCommit.Value ? 0 : versions[^1].Version - 1;
            }
        }
    }

    private async ValueTask<List<(LoggedCommit Commit, int Index, LogRecord Record)>> EventsAsync(
        AssetId asset, ImmutableArray<AssetVersion> versions, CancellationToken cancellationToken)
    {
        var wanted = versions.Select(version => version.Commit)
            .Where(commit => commit.Value >= span.FirstCommit.Value && commit.Value <= span.LastCommit.Value)
            .ToList();
        var commits = await session.CommitsAsync(wanted, cancellationToken);
        return
        [
            .. from number in wanted
               where commits.ContainsKey(number)
               let commit = commits[number]
               from item in CommitLog.DecodeOf(commit, asset).Reverse()
               select (commit, item.Index, item.Record),
        ];
    }
}
