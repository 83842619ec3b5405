using System.Collections.Immutable;
using Cartulary.Cli.Client;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Sources;

/// <summary>
/// Brings the catalog to what a source holds: saves everything, then archives what the source no longer has. Crawling the
/// same source twice changes nothing the second time.
/// </summary>
internal sealed class Crawl(CatalogClient client, SweepGuard guard, Action<int> progress)
{
    private const int GuidsPerRequest = 200;
    private const int MostEventsShown = 300;

    /// <summary>
    /// Runs the crawl. Each request is a transaction of its own; a crawl that was cut off is simply run again. The tally is
    /// filled on the way, so that it tells how far a failed crawl came.
    /// </summary>
    public async Task<CrawlResult> RunAsync(SourceScan scan, SaveTally tally, CancellationToken cancellationToken)
    {
        var start = await client.ReadHeadAsync(cancellationToken);
        await SaveAsync(scan, tally, cancellationToken);
        var objection = await SweepAsync(scan, tally, cancellationToken);
        var warnings = objection is null ? scan.Warnings : scan.Warnings.Add(objection);
        return await ReportAsync(scan, tally, start, warnings, cancellationToken);
    }

    private async Task SaveAsync(SourceScan scan, SaveTally tally, CancellationToken cancellationToken)
    {
        var saver = new BatchSaver(client, new BatchLimits(), tally, progress);
        var number = 0;
        if (await IsConnectionMissingAsync(scan.Connection, cancellationToken))
        {
            await saver.AddAsync(scan.Connection.ToEntity($"-{++number}"), referred: null, cancellationToken);
        }

        foreach (var asset in scan.Assets)
        {
            await saver.AddAsync(asset.ToEntity($"-{++number}"), referred: null, cancellationToken);
        }

        await saver.FlushAsync(referred: null, cancellationToken);
    }

    // A connection that stands is left alone: people rename and describe it.
    private async Task<bool> IsConnectionMissingAsync(SourceAsset connection, CancellationToken cancellationToken) =>
        await client.FindAsync(connection.TypeName, connection.QualifiedName, cancellationToken) is not { Header.IsLive: true };

    private async Task<string?> SweepAsync(SourceScan scan, SaveTally tally, CancellationToken cancellationToken)
    {
        var created = tally.Created.Select(asset => asset.Guid).ToHashSet(StringComparer.Ordinal);
        var live = await LiveScope.ReadAsync(client, scan.SchemaQualifiedName, created, cancellationToken);
        if (!live.Unlisted.IsEmpty)
        {
            return $"the server does not list the {string.Join(", the ", live.Unlisted)}: there are more than its setting "
                + "Limits:EdgesPerEnd allows; nothing was archived. Raise the setting and crawl again";
        }

        var seen = scan.Assets.Select(asset => (asset.TypeName, asset.QualifiedName)).ToHashSet();
        ImmutableArray<AssetHeader> gone =
        [
            .. live.Columns.Where(found => !scan.Unread.Contains(found.Parent)).Select(found => found.Column).Where(IsGone),
            .. live.Relations.Where(IsGone),
        ];
        var isEmpty = !scan.Assets.Any(asset => asset.TypeName is "Table" or "View");
        if (guard.Objection(gone.Length, live.Count, isEmpty) is { } objection)
        {
            return objection;
        }

        foreach (var some in gone.Select(asset => asset.Guid).Distinct(StringComparer.Ordinal).Chunk(GuidsPerRequest))
        {
            tally.AddChanges(await client.ArchiveAsync(some, cancellationToken));
        }

        return null;

        bool IsGone(AssetHeader asset) => !seen.Contains((asset.TypeName, asset.QualifiedName));
    }

    // Others may save meanwhile, so only events of assets that this crawl changed are its own.
    private async Task<CrawlResult> ReportAsync(
        SourceScan scan, SaveTally tally, long start, ImmutableArray<string> warnings, CancellationToken cancellationToken)
    {
        var head = await client.ReadHeadAsync(cancellationToken);
        var changed = tally.Changed;
        if (changed.Count == 0 || head == start)
        {
            return new(scan.Connection.QualifiedName, tally, null, null, [], warnings);
        }

        if (changed.Count > MostEventsShown)
        {
            return new(scan.Connection.QualifiedName, tally, start + 1, head, [], warnings);
        }

        ImmutableArray<FeedEvent> events =
            [.. (await ReadBetweenAsync(start, head, cancellationToken)).Where(told => changed.Contains(told.Asset.Guid))];
        return new(
            scan.Connection.QualifiedName, tally, events.FirstOrDefault()?.Sequence, events.LastOrDefault()?.Sequence, events, warnings);
    }

    private async Task<List<FeedEvent>> ReadBetweenAsync(long after, long last, CancellationToken cancellationToken)
    {
        var events = new List<FeedEvent>();
        while (after < last)
        {
            var page = await client.ReadEventsAsync(new FeedRequest { After = after }, cancellationToken);
            events.AddRange(page.Events.Where(told => told.Sequence <= last));
            if (page.Next <= after)
            {
                break;
            }

            after = page.Next;
        }

        return events;
    }
}
