using System.Collections.Immutable;
using System.Text.Json;
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

    /// <summary>Whether the crawl only finds out what it would do.</summary>
    public bool IsTrial { get; init; }

    /// <summary>Is given the receipt of each asset when the crawl is a trial.</summary>
    public Action<JsonElement> Receive { get; init; } = static _ => { };

    /// <summary>Is given what the source says on the way.</summary>
    public Action<string> Tell { get; init; } = static _ => { };

    /// <summary>
    /// Runs the crawl. Each request is a transaction of its own; a crawl that was cut off is simply run again. Nothing is
    /// archived before the source has been read to its end. The tally is filled on the way, so that it tells how far a failed
    /// crawl came.
    /// </summary>
    public async Task<CrawlResult> RunAsync(ISource source, SaveTally tally, CancellationToken cancellationToken)
    {
        var start = await client.ReadHeadAsync(cancellationToken);
        var report = new ScanReport(Tell);
        var seen = await SaveAsync(source, report, tally, cancellationToken);
        var created = tally.Created.Select(asset => asset.Guid).ToHashSet(StringComparer.Ordinal);
        var plan = await new Sweep(client, guard, report, seen, created).PlanAsync(cancellationToken);
        ImmutableArray<string> warnings = [.. report.Warnings, .. plan.Objections];
        if (IsTrial)
        {
            return new(source.Connection.QualifiedName, tally, null, null, [], warnings) { Foreseen = plan.Gone };
        }

        foreach (var some in plan.Gone.Select(asset => asset.Guid).Chunk(GuidsPerRequest))
        {
            tally.AddChanges(await client.ArchiveAsync(some, cancellationToken));
        }

        return await ReportAsync(source.Connection.QualifiedName, tally, start, warnings, cancellationToken);
    }

    private async Task<HashSet<(string, string)>> SaveAsync(ISource source, ScanReport report, SaveTally tally, CancellationToken cancellationToken)
    {
        var manner = IsTrial ? SaveManner.Trial : SaveManner.Plain;
        await using var saver = new BatchSaver(client, BatchLimits.Of(null, manner), tally, progress, manner) { Receive = Receive };
        var seen = new HashSet<(string, string)>();
        var number = 0;
        if (await IsConnectionMissingAsync(source.Connection, cancellationToken))
        {
            await saver.AddAsync(source.Connection.ToEntity($"-{++number}"), referred: null, cancellationToken);
        }

        await foreach (var asset in source.ReadAsync(report, cancellationToken))
        {
            seen.Add((asset.TypeName, asset.QualifiedName));
            await saver.AddAsync(asset.ToEntity($"-{++number}"), referred: null, cancellationToken);
        }

        await saver.FlushAsync(referred: null, cancellationToken);
        return seen;
    }

    // A connection that stands is left alone: people rename and describe it.
    private async Task<bool> IsConnectionMissingAsync(SourceAsset connection, CancellationToken cancellationToken) =>
        await client.FindAsync(connection.TypeName, connection.QualifiedName, cancellationToken) is not { Header.IsLive: true };

    // Others may save meanwhile, so only events of assets that this crawl changed are its own.
    private async Task<CrawlResult> ReportAsync(
        string connection, SaveTally tally, long start, ImmutableArray<string> warnings, CancellationToken cancellationToken)
    {
        var head = await client.ReadHeadAsync(cancellationToken);
        var changed = tally.Changed;
        if (changed.Count == 0 || head == start)
        {
            return new(connection, tally, null, null, [], warnings);
        }

        if (changed.Count > MostEventsShown)
        {
            return new(connection, tally, start + 1, head, [], warnings);
        }

        ImmutableArray<FeedEvent> events =
            [.. (await ReadBetweenAsync(start, head, cancellationToken)).Where(told => changed.Contains(told.Asset.Guid))];
        return new(
            connection, tally, events.FirstOrDefault()?.Sequence, events.LastOrDefault()?.Sequence, events, warnings);
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
