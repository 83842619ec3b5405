using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>
/// Checks a catalog against its own log: folds every event that is kept, as a consumer would, onto what the catalog was before
/// the first of them, and compares the result with what is stored. Meant for a catalog that nobody writes to meanwhile; keeps
/// the folded catalog in memory.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="feed">Its events.</param>
public sealed class Verifier(ICatalogStore store, TypeRegistrySource types, EventFeed feed)
{
    private const int PageEvents = 5_000;
    private const int PageAssets = 500;
    private const int SweptRows = 10_000;
    private const int MostFaults = 100;

    /// <summary>Verifies; <paramref name="progress"/> is told how many events have been folded.</summary>
    public async Task<Verification> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var fold = await StartAsync(cancellationToken);
        var first = fold.Sequence;
        await FoldAsync(fold, progress, cancellationToken);
        return await CompareAsync(fold, fold.Sequence - first, cancellationToken);
    }

    /// <summary>Compares a fold that has taken in all events with what is stored.</summary>
    /// <param name="fold">The fold.</param>
    /// <param name="events">How many events it has taken in.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Verification> CompareAsync(FeedFold fold, long events, CancellationToken cancellationToken)
    {
        var faults = new List<string>(fold.Faults);
        var assets = await CompareAsync(fold, faults, cancellationToken);
        return new Verification(events, assets, [.. faults.Take(MostFaults)]);
    }

    /// <summary>What the catalog was before the first event that is kept; nothing, when the log is whole.</summary>
    private async ValueTask<FeedFold> StartAsync(CancellationToken cancellationToken)
    {
        while (await store.TrimAsync(store.Head.Trimmed, SweptRows, cancellationToken))
        {
        }

        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var fold = new FeedFold(session.Head.Oldest - 1);
        var start = session.Head.Trimmed;
        var after = new AssetId(0);
        while (start.Value > 0 && await session.ScanAsync(after, PageAssets, cancellationToken) is { IsEmpty: false } assets)
        {
            await BeginAsync(fold, session, registry, [.. assets.Select(asset => asset.Id)], start, cancellationToken);
            after = assets[^1].Id;
        }

        after = new AssetId(0);
        while (start.Value > 0 && await session.ScanPurgedAsync(after, PageAssets, cancellationToken) is { IsEmpty: false } purged)
        {
            await BeginAsync(fold, session, registry, purged, start, cancellationToken);
            after = purged[^1];
        }

        return fold;
    }

    private static async ValueTask BeginAsync(
        FeedFold fold, IReadSession session, TypeRegistry registry, IReadOnlyCollection<AssetId> assets, CommitNumber start, CancellationToken cancellationToken)
    {
        var then = await session.LoadAsOfAsync(assets, start, cancellationToken);
        var edges = FoldComparison.LiveEdges(registry, await session.EdgesAsOfAsync([.. then.Keys], start, cancellationToken));
        foreach (var asset in then.Values)
        {
            fold.Begin(asset.Guid, FoldComparison.Fold(registry, asset, edges[asset.Guid]));
        }
    }

    private async ValueTask FoldAsync(FeedFold fold, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        FeedPage page;
        do
        {
            page = await feed.ReadAsync(new FeedQuery(fold.Sequence, PageEvents), cancellationToken);
            foreach (var item in page.Events)
            {
                using var envelope = JsonDocument.Parse(item.Envelope);
                fold.Add(item.Sequence, envelope.RootElement);
            }

            progress?.Report(fold.Sequence);
        }
        while (fold.Sequence < page.Head.Sequence && fold.Faults.Count == 0);
    }

    private async ValueTask<long> CompareAsync(FeedFold fold, List<string> faults, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var count = 0L;
        var after = new AssetId(0);
        while (await session.ScanAsync(after, PageAssets, cancellationToken) is { IsEmpty: false } assets)
        {
            var edges = await session.EdgesOfAsync([.. assets.Select(asset => asset.Id)], cancellationToken);
            var live = FoldComparison.LiveEdges(registry, edges);
            foreach (var asset in assets)
            {
                var stored = FoldComparison.Fold(registry, asset, live[asset.Guid]);
                faults.AddRange(fold.Assets.TryGetValue(asset.Guid, out var told)
                    ? FoldComparison.Differences(asset.Guid, told, stored)
                    : [$"asset {asset.Guid} is stored and was never told"]);
            }

            count += assets.Length;
            after = assets[^1].Id;
        }

        if (fold.Assets.Count != count)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the log tells of {fold.Assets.Count} assets and {count} are stored"));
        }

        return count;
    }
}
