using System.Collections.Immutable;
using Cartulary.Core.Lineage;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Storage.Postgres;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Simulation.Lineage;

/// <summary>
/// Over random graphs, whatever is joined, parted, archived and restored: lists, pages, graphs, neighbours and paths are what a
/// plain search over all assets finds, and lineage as of a moment is what was read at that moment.
/// </summary>
public sealed class LineageReadingProperties(PostgresCluster cluster)
{
    private const int Changes = 4;
    private static readonly LineageDirection[] Ways = [LineageDirection.Input, LineageDirection.Output];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Lineage_is_what_a_plain_search_finds_on_SQLite() => Gen.UInt.Array[500].SampleAsync(
        async rolls =>
        {
            await using var catalog = await TestCatalog.CreateAsync();
            await RunAsync(catalog.Store, new Dice(rolls));
        },
        iter: 60,
        threads: 1,
        print: Rolls.Print);

    [Fact]
    public Task Lineage_is_what_a_plain_search_finds_on_PostgreSQL() => Gen.UInt.Array[500].SampleAsync(
        async rolls =>
        {
            await using var schema = await cluster.NewSchemaAsync(Token);
            await using var store = await PostgresCatalogStore.OpenAsync(
                new PostgresStoreOptions { ConnectionString = schema.ConnectionString },
                TimeProvider.System,
                Guid.CreateVersion7,
                NullLogger<PostgresCatalogStore>.Instance,
                Token);
            await RunAsync(store, new Dice(rolls));
        },
        iter: 6,
        threads: 1,
        print: Rolls.Print);

    private static async Task RunAsync(ICatalogStore store, Dice dice)
    {
        using var world = await LineageWorld.OpenAsync(store);
        var reader = world.NewLineage(new LineageBounds());
        var guids = await LineageGraphs.MakeAsync(world, dice);
        var remembered = new List<(LineageListQuery Query, string Then)>();
        for (var change = 0; change < Changes; change++)
        {
            await LineageGraphs.ChangeAsync(world, dice, guids);
            var oracle = new LineageOracle(await world.ReadAsync(guids));
            await CheckListAsync(reader, oracle, dice, dice.Pick(guids));
            await CheckGraphAsync(reader, oracle, dice, dice.Pick(guids));
            await CheckPathsAsync(reader, oracle, dice, dice.Pick(guids), dice.Pick(guids));
            var query = new LineageListQuery(By(dice.Pick(guids)), dice.Pick(Ways), dice.Between(0, 5), 0, 100)
            {
                ImmediateNeighbours = true,
                Moment = new Moment.AtSequence(store.Head.Sequence),
            };
            remembered.Add((query, Show((await reader.ListAsync(query with { Moment = Moment.Now }, Token)).List!)));
        }

        foreach (var (query, then) in remembered)
        {
            Show((await reader.ListAsync(query, Token)).List!).ShouldBe(then);
        }
    }

    private static async Task CheckListAsync(LineageReader reader, LineageOracle oracle, Dice dice, Guid start)
    {
        var (direction, depth, follows) = (dice.Pick(Ways), dice.Between(0, 6), dice.OneIn(3));
        var (traversal, listing) = (dice.Pick(LineageGraphs.Filters), dice.Pick(LineageGraphs.Filters));
        var expected = oracle.List(start, direction, depth, traversal.Means, follows).Where(one => listing.Means(oracle[one.Guid])).ToList();
        var query = new LineageListQuery(By(start), direction, depth, 0, 100)
        {
            FollowsSuspended = follows,
            Filters = new LineageFilters(LineageGraphs.Parse(listing.Json), LineageGraphs.Parse(traversal.Json), Relationships: null),
        };

        var (whole, problems) = await reader.ListAsync(query, Token);
        problems.ShouldBeEmpty();
        whole!.Entities.Select(entity => (entity.View.Asset.Guid, entity.Depth)).ShouldBe(expected);
        whole.HasMore.ShouldBeFalse();
        whole.Reached.ShouldBe(LineageLimit.None);

        var size = dice.Between(1, 4);
        var pages = new List<(Guid, int)>();
        for (var hasMore = true; hasMore;)
        {
            var page = (await reader.ListAsync(query with { From = pages.Count, Size = size }, Token)).List!;
            pages.AddRange(page.Entities.Select(entity => (entity.View.Asset.Guid, entity.Depth)));
            page.HasMore.ShouldBe(pages.Count < expected.Count);
            hasMore = page.HasMore;
        }

        pages.ShouldBe(expected);
    }

    private static async Task CheckGraphAsync(LineageReader reader, LineageOracle oracle, Dice dice, Guid start)
    {
        var depth = dice.Between(1, 5);
        var query = new LineageGraphQuery(By(start), LineageDirection.Both, depth);
        var graph = (await reader.GraphAsync(query, Token)).Graph!;
        var expected = Ways.SelectMany(way => oracle.Edges(start, way, depth)).Distinct().ToList();
        graph.Relations.Select(relation => (relation.From, relation.To)).ShouldBe(expected, ignoreOrder: true);
        graph.Assets.Select(asset => asset.Asset.Guid).ShouldBe(
            Ways.SelectMany(way => oracle.List(start, way, depth, _ => true, followsSuspended: false)).Select(one => one.Guid).Append(start).Distinct().Order());
        foreach (var (guid, (up, down)) in graph.Neighbours)
        {
            up.ShouldBe(oracle.List(guid, LineageDirection.Input, 1, _ => true, followsSuspended: false).Count > 0);
            down.ShouldBe(oracle.List(guid, LineageDirection.Output, 1, _ => true, followsSuspended: false).Count > 0);
        }

        var deeper = oracle.List(start, LineageDirection.Output, depth + 1, _ => true, followsSuspended: false).Count;
        graph.Downstream.HasMore.ShouldBe(deeper > oracle.List(start, LineageDirection.Output, depth, _ => true, followsSuspended: false).Count);

        var hidden = (await reader.GraphAsync(query with { HidesProcesses = true }, Token)).Graph!;
        var inputs = expected.Where(edge => oracle[edge.To].Type.Is("Process") && edge.To != start).ToList();
        hidden.Relations.Where(relation => relation.Process is not null).Select(relation => (relation.From, relation.Process!.Value, relation.To)).ShouldBe(
            inputs.SelectMany(input => expected.Where(output => output.From == input.To).Select(output => (input.From, input.To, output.To))), ignoreOrder: true);
        hidden.Assets.ShouldAllBe(asset => !asset.Type.Is("Process") || asset.Asset.Guid == start);
    }

    private static async Task CheckPathsAsync(LineageReader reader, LineageOracle oracle, Dice dice, Guid start, Guid end)
    {
        var (length, limit) = (dice.Between(1, 5), dice.Between(1, 5));
        var expected = start == end ? [] : oracle.Paths(start, end, length);
        var paths = (await reader.PathsAsync(new LineagePathQuery(By(start), By(end), length, limit), Token)).Paths!;
        paths.Paths.Select(path => string.Join(',', path.Guids)).ShouldBe(expected.Take(limit).Select(path => string.Join(',', path)));
        paths.HasMore.ShouldBe(expected.Count > limit);
        paths.Reached.ShouldBe(LineageLimit.None);

        var list = (await reader.ListAsync(new LineageListQuery(By(start), LineageDirection.Output, length, 0, 100) { ImmediateNeighbours = true }, Token)).List!;
        foreach (var entity in list.Entities)
        {
            entity.Upstream!.Value.Select(one => one.Asset.Guid).ShouldBe(oracle.Neighbours(entity.View.Asset.Guid, LineageDirection.Input));
            entity.Downstream!.Value.Select(one => one.Asset.Guid).ShouldBe(oracle.Neighbours(entity.View.Asset.Guid, LineageDirection.Output));
        }
    }

    private static string Show(LineageList list) => string.Join('\n', list.Entities.Select(entity =>
        $"{entity.View.Asset.Guid} {entity.Depth} {entity.View.Asset.Status} {entity.View.Asset.Version} {Guids(entity.Upstream)} {Guids(entity.Downstream)}"));

    private static string Guids(ImmutableArray<AssetView>? views) => string.Join(',', views!.Value.Select(view => view.Asset.Guid));

    private static AssetSelector.ByGuid By(Guid guid) => new(guid);
}
