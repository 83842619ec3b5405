using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Lineage.Filters;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Lineage;

/// <summary>
/// Reads lineage: each call is one snapshot, costs a constant number of round trips for each level, and does no more than the
/// bounds allow; where one was reached, the answer says so. A call that takes too long is refused.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="bounds">How much one call may do.</param>
/// <param name="clock">Tells how long a call takes, and what time ranges like TODAY mean.</param>
public sealed class LineageReader(ICatalogStore store, TypeRegistrySource types, LineageBounds bounds, TimeProvider clock)
{
    /// <summary>A page of what lies upstream or downstream; null with all that is wrong.</summary>
    public ValueTask<(LineageList? List, ImmutableArray<Problem> Problems)> ListAsync(LineageListQuery query, CancellationToken cancellationToken) => ReadAsync(
        query,
        [(query.Start, "guid")],
        async (view, assets, terms, results) =>
        {
            var list = await new LineageLister(view, bounds, NewBudget(bounds.AssetsVisited)).ListAsync(query, assets[0], terms, results, cancellationToken);
            return (list, list.Reached);
        },
        cancellationToken);

    /// <summary>A graph around an asset; null with all that is wrong.</summary>
    public ValueTask<(LineageGraph? Graph, ImmutableArray<Problem> Problems)> GraphAsync(LineageGraphQuery query, CancellationToken cancellationToken) => ReadAsync(
        query,
        [(query.Start, "guid")],
        async (view, assets, terms, _) =>
        {
            var graph = await new LineageGrapher(view, bounds, () => NewBudget(bounds.AssetsShown)).GraphAsync(query, assets[0], terms, cancellationToken);
            return (graph, graph.Reached);
        },
        cancellationToken);

    /// <summary>Paths from an asset to another; null with all that is wrong.</summary>
    public ValueTask<(LineagePaths? Paths, ImmutableArray<Problem> Problems)> PathsAsync(LineagePathQuery query, CancellationToken cancellationToken) => ReadAsync(
        query,
        [(query.Start, "from"), (query.End, "to")],
        async (view, assets, terms, _) =>
        {
            var paths = await new LineagePathFinder(view, bounds, NewBudget(bounds.AssetsVisited)).FindAsync(query, assets[0], assets[1], terms, cancellationToken);
            return (paths, paths.Reached);
        },
        cancellationToken);

    private async ValueTask<(T? Result, ImmutableArray<Problem> Problems)> ReadAsync<T>(
        LineageQuery query,
        IReadOnlyList<(AssetSelector Selector, string Path)> asked,
        Func<LineageView, ImmutableArray<EdgeEnd>, LineageTerms, LineageFilter<FilteredAsset>?, ValueTask<(T Result, LineageLimit Reached)>> read,
        CancellationToken cancellationToken)
        where T : class
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var problems = new ProblemList();
        var (terms, results) = TermsOf(query, registry, problems);
        var (view, assets, missing) = await LineageOpening.OpenAsync(session, registry, asked, query.Moment, query.MomentParameter, query.Kind, cancellationToken);
        problems.Add(missing, omitted: 0);
        if (view is null || problems.Count > 0)
        {
            return (null, problems.ToImmutable());
        }

        var (result, reached) = await read(view, assets, terms, results);
        return reached.HasFlag(LineageLimit.Time) ? (null, [TooLong()]) : (result, []);
    }

    private (LineageTerms Terms, LineageFilter<FilteredAsset>? Results) TermsOf(LineageQuery query, TypeRegistry registry, ProblemList problems)
    {
        var reader = new FilterReader(registry, bounds.Conditions, clock.GetUtcNow(), problems);
        var results = reader.OfAssets(query.Filters.Entities, "entityFilters");
        var traversal = reader.OfAssets(query.Filters.Traversal, "entityTraversalFilters");
        var edges = reader.OfEdges(query.Filters.Relationships, "relationshipTraversalFilters");
        var ignored = query is LineageGraphQuery graph ? graph.IgnoredProcesses : [];
        foreach (var (index, name) in ignored.Index().Where(pair => registry.FindEntity(pair.Item) is null))
        {
            problems.Add(new Problem(ErrorCodes.UnknownType, $"ignoredProcesses[{index}]", $"Type ENTITY with name {name} does not exist"));
        }

        var terms = new LineageTerms(query.Direction, Math.Min(query.Depth, bounds.Depth))
        {
            FollowsSuspended = query.FollowsSuspended,
            IgnoredProcesses = ignored.ToFrozenSet(StringComparer.Ordinal),
            Assets = traversal ?? (query is LineageGraphQuery ? results : null),
            PassesEveryProcess = traversal is null,
            Edges = edges,
        };
        return (terms, results);
    }

    private LineageBudget NewBudget(int assets) => new(assets, bounds.Edges, bounds.Time, clock);

    private Problem TooLong() => new(
        ErrorCodes.LineageTooLong,
        "",
        string.Create(CultureInfo.InvariantCulture, $"the lineage could not be read within {bounds.Time.TotalSeconds} seconds; ask for less depth or for fewer assets"));
}
