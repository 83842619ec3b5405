using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Audit;

/// <summary>
/// Answers searches of the audit from the log, which is the truth: nothing is stored twice. Each search is one snapshot and looks
/// at a bounded part of the log; one whose page might end too early is refused, and never answered in part.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="limits">How much one search may look at and give.</param>
public sealed class AuditReader(ICatalogStore store, TypeRegistrySource types, AuditLimits limits) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(limits.SearchesAtOnce);

    /// <summary>The limits.</summary>
    public AuditLimits Limits => limits;

    /// <summary>The entries that match; null with a problem when there is more to look at, or to give, than the limits let.</summary>
    public ValueTask<(AuditPage? Page, Problem? Problem)> SearchAsync(SearchRequest request, CancellationToken cancellationToken) =>
        InTurnAsync<AuditPage>((session, registry) => SearchAsync(session, registry, request, static _ => true, cancellationToken), cancellationToken);

    /// <summary>
    /// Some entries of one asset, the newest first and those of one action only, unless it is null; from the one with a key on, or
    /// from the newest when that is null.
    /// </summary>
    public ValueTask<(AuditPage? Page, Problem? Problem)> ListAsync(
        Guid asset, AuditKey? start, string? action, int from, int size, CancellationToken cancellationToken)
    {
        var one = new SearchExpression.OneOf(AuditFields.EntityId, [asset.ToString("D")], IgnoresCase: false);
        var kinds = action is null ? ImmutableArray<SearchExpression>.Empty : [new SearchExpression.OneOf(AuditFields.Action, [action], IgnoresCase: false)];
        var request = new SearchRequest(new SearchExpression.Group([], [one, .. kinds], [], [], AtLeast: 0), null, [], from, size, [], []);
        return InTurnAsync<AuditPage>(
            async (session, registry) =>
            {
                var (found, problem) = await SelectorResolver.FindEverAsync(session, registry, new AssetSelector.ByGuid(asset), cancellationToken);
                return found is null
                    ? (null, problem)
                    : await SearchAsync(session, registry, request, entry => start is not { } key || key.IsAtOrBefore(entry), cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>The assets whose tags changed at a time or later, epoch milliseconds; null with a problem when they are too many.</summary>
    public ValueTask<(ChangedAssets? Changed, Problem? Problem)> TaggedSinceAsync(long time, CancellationToken cancellationToken)
    {
        var since = new SearchExpression.Range(AuditFields.Created, new SearchBound(time.ToString(CultureInfo.InvariantCulture), IsInclusive: true), To: null);
        var tagged = new SearchExpression.OneOf(AuditFields.Action, AuditEntries.TagActions, IgnoresCase: false);
        var request = new SearchRequest(new SearchExpression.Group([], [since, tagged], [], [], AtLeast: 0), null, [], 0, limits.PageEntries, [], []);
        return InTurnAsync<ChangedAssets>(
            async (session, registry) =>
            {
                var (found, problem) = await FindAsync(session, registry, request, static _ => true, cancellationToken);
                if (found is null || found.Collector.Total > found.Page.Length || found.IsCut)
                {
                    return (null, problem ?? TooWide($"more than {limits.PageEntries} tags changed since then: ask for a later time"));
                }

                var ids = found.Page.Select(entry => entry.Id).Distinct().ToList();
                var present = await session.LoadAsync(ids, cancellationToken);
                return (new ChangedAssets([.. ids.Where(present.ContainsKey).Select(id => present[id])], registry), null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private async ValueTask<(T? Found, Problem? Problem)> InTurnAsync<T>(
        Func<IReadSession, TypeRegistry, ValueTask<(T? Found, Problem? Problem)>> search, CancellationToken cancellationToken)
        where T : class
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            await using var session = await store.ReadAsync(cancellationToken);
            return await search(session, await types.ForAsync(session, cancellationToken));
        }
        finally
        {
            _turns.Release();
        }
    }

    private static Problem TooWide(string message) => new(ErrorCodes.AuditTooWide, "dsl.query", message);

    private async ValueTask<(AuditPage? Page, Problem? Problem)> SearchAsync(
        IReadSession session, TypeRegistry registry, SearchRequest request, Predicate<AuditEntry> also, CancellationToken cancellationToken)
    {
        var (found, problem) = await FindAsync(session, registry, request, also, cancellationToken);
        return found is null ? (null, problem) : await ShowAsync(session, registry, found, cancellationToken);
    }

    private async ValueTask<(Found? Found, Problem? Problem)> FindAsync(
        IReadSession session, TypeRegistry registry, SearchRequest request, Predicate<AuditEntry> also, CancellationToken cancellationToken)
    {
        var scope = AuditScope.Of(request.Expression);
        var order = new AuditOrder(request.Sort);
        var span = await AuditSpan.FindAsync(session, scope.From, scope.To, cancellationToken);
        var assets = await AssetsAsync(session, registry, scope, cancellationToken);
        var comeInOrder = order.IsByTime && (assets is null || (assets.Count <= 1 && !order.OldestFirst));
        var collector = new AuditCollector(request, order, also, comeInOrder);
        var names = scope.AsksForNames || request.Sort.Any(IsName) || request.Aggregations.Any(wish => ((SearchAggregation.Terms)wish).Field == AuditFields.EntityQualifiedName)
            ? new AuditNames(session, registry)
            : null;
        var isCut = assets is null
            ? await ScanAsync(session, registry, span, order, collector, names, cancellationToken)
            : await ScanAsync(session, registry, span, assets, collector, names, cancellationToken);
        var page = collector.Page();
        return isCut && (!collector.IsSettled(page) || request.Aggregations.Length > 0)
            ? (null, TooWide($"the search looked at {limits.ScannedEvents} events, as many as one may, and did not come to its end: ask by entityId, or for a range of created"))
            : (new Found(page, collector, isCut), null);
    }

    private async ValueTask<bool> ScanAsync(
        IReadSession session, TypeRegistry registry, AuditSpan span, AuditOrder order, AuditCollector collector, AuditNames? names, CancellationToken cancellationToken)
    {
        var scan = new AuditScan(session, span, limits.ScannedEvents);
        await foreach (var (commit, records) in scan.ReadAsync(order.OldestFirst && order.IsByTime, cancellationToken))
        {
            var entries = records.SelectMany((record, index) => AuditEntries.Of(commit, index, record, registry)).ToImmutableArray();
            Take(names is null ? entries : await names.ApplyAsync(entries, cancellationToken), collector);
        }

        return scan.IsCut;
    }

    private async ValueTask<bool> ScanAsync(
        IReadSession session, TypeRegistry registry, AuditSpan span, List<StoredAsset> assets, AuditCollector collector, AuditNames? names, CancellationToken cancellationToken)
    {
        var scan = new AuditVersionScan(session, span, limits.ScannedEvents);
        await foreach (var (commit, index, record) in scan.ReadAsync(assets, cancellationToken))
        {
            var entries = AuditEntries.Of(commit, index, record, registry).ToImmutableArray();
            Take(names is null ? entries : await names.ApplyAsync(entries, cancellationToken), collector);
        }

        return scan.IsCut;
    }

    private static void Take(ImmutableArray<AuditEntry> entries, AuditCollector collector)
    {
        foreach (var entry in entries)
        {
            collector.Add(entry);
        }
    }

    /// <summary>The assets that alone can have entries that match; null when any asset can.</summary>
    private static async ValueTask<List<StoredAsset>?> AssetsAsync(IReadSession session, TypeRegistry registry, AuditScope scope, CancellationToken cancellationToken)
    {
        if (!scope.Guids.IsDefault)
        {
            var guids = scope.Guids.Select(text => RequestGuid.TryParseReal(text, out var guid) ? guid : Guid.Empty).ToHashSet();
            var present = await session.LoadAsync([.. (await session.FindByGuidAsync(guids, cancellationToken)).Values], cancellationToken);
            guids.ExceptWith(present.Values.Select(asset => asset.Guid));
            var purged = guids.Count == 0 ? [] : (await session.FindPurgedAsync(guids, cancellationToken)).Values;
            return [.. present.Values.Concat(purged).OrderBy(asset => asset.Id.Value)];
        }

        if (scope.Names.IsDefault)
        {
            return null;
        }

        var keys = scope.Names.SelectMany(name => AuditNames.KeysOf(registry, name)).ToHashSet();
        var matches = await session.FindByKeyAsync(keys, cancellationToken);

        // A name that nobody has any more may be that of a purged asset, which only the log knows.
        return scope.Names.All(name => matches.Any(match => match.Key.Value == name))
            ? [.. (await session.LoadAsync(matches.Select(match => match.Asset).ToHashSet(), cancellationToken)).Values.OrderBy(asset => asset.Id.Value)]
            : null;
    }

    private async ValueTask<(AuditPage? Page, Problem? Problem)> ShowAsync(
        IReadSession session, TypeRegistry registry, Found found, CancellationToken cancellationToken)
    {
        var (page, collector, isCut) = found;
        if (await new AuditDetails(session, registry, limits.PageBytes).ReadAsync(page, cancellationToken) is not { } rows)
        {
            return (null, TooWide($"the page is larger than the {limits.PageBytes} bytes that are given at a time: ask for a smaller size"));
        }

        var named = await new AuditNames(session, registry).ApplyAsync(page, cancellationToken);
        var present = await session.LoadAsync(page.Select(entry => entry.Id).ToHashSet(), cancellationToken);
        return (
            new AuditPage(
                [.. named.Zip(page, (entry, plain) => rows[plain] with { Entry = entry, Present = present.GetValueOrDefault(entry.Id) })],
                collector.Total,
                !isCut,
                collector.Aggregations(),
                registry),
            null);
    }

    private static bool IsName(SearchSort key) => key.Field == AuditFields.EntityQualifiedName;

    /// <summary>What a search came upon.</summary>
    private sealed record Found(ImmutableArray<AuditEntry> Page, AuditCollector Collector, bool IsCut);
}
