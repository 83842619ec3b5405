using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Errors;
using Cartulary.Core.Lineage;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Testing;

namespace Cartulary.Simulation.Lineage;

/// <summary>Lineage is read within bounds, in a number of round trips that only grows with its depth, and says where it stopped.</summary>
public sealed class LineageBoundsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_process_of_five_thousand_inputs_is_read_in_as_many_round_trips_as_one_of_five()
    {
        (await ReadsOfFanAsync(5_000)).ShouldBe(await ReadsOfFanAsync(5));
    }

    [Fact]
    public async Task A_walk_ends_at_the_most_assets_and_says_so()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var process = await FanAsync(catalog, 20);
        var reader = Reader(catalog.Store, catalog, new LineageBounds { AssetsVisited = 7 });

        var list = (await reader.ListAsync(Upstream(process, size: 100), Token)).List!;

        list.Entities.Length.ShouldBe(7);
        list.HasMore.ShouldBeFalse();
        list.Reached.ShouldBe(LineageLimit.Assets);
        (await reader.ListAsync(Upstream(process, size: 5), Token)).List!.HasMore.ShouldBeTrue();
        (await reader.ListAsync(Upstream(process, size: 5) with { From = 5 }, Token)).List!.Entities.Select(entity => entity.View.Asset.Guid)
            .ShouldBe(list.Entities.Skip(5).Select(entity => entity.View.Asset.Guid));
    }

    [Fact]
    public async Task A_level_of_more_edges_than_may_be_read_is_not_begun()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var process = await FanAsync(catalog, 20);

        var list = (await Reader(catalog.Store, catalog, new LineageBounds { Edges = 19 }).ListAsync(Upstream(process, size: 100), Token)).List!;
        var exact = (await Reader(catalog.Store, catalog, new LineageBounds { Edges = 20 }).ListAsync(Upstream(process, size: 100), Token)).List!;

        list.Entities.ShouldBeEmpty();
        list.Reached.ShouldBe(LineageLimit.Edges);
        exact.Entities.Length.ShouldBe(20);
        exact.Reached.ShouldBe(LineageLimit.None);
    }

    [Fact]
    public async Task A_walk_ends_at_the_most_depth_and_says_so()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var guids = await ChainAsync(catalog, 6);
        var reader = Reader(catalog.Store, catalog, new LineageBounds { Depth = 3 });

        var list = (await reader.ListAsync(new LineageListQuery(By(guids[0]), LineageDirection.Output, 1_000_000, 0, 100), Token)).List!;
        var asked = (await reader.ListAsync(new LineageListQuery(By(guids[0]), LineageDirection.Output, 3, 0, 100), Token)).List!;

        list.Entities.Max(entity => entity.Depth).ShouldBe(3);
        list.Reached.ShouldBe(LineageLimit.Depth);
        asked.Entities.Length.ShouldBe(list.Entities.Length);
        asked.Reached.ShouldBe(LineageLimit.None);
    }

    [Fact]
    public async Task A_reading_that_takes_too_long_is_refused()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var guids = await ChainAsync(catalog, 3);

        var (list, problems) = await Reader(catalog.Store, catalog, new LineageBounds { Time = TimeSpan.Zero }).ListAsync(
            new LineageListQuery(By(guids[0]), LineageDirection.Output, 10, 0, 100), Token);

        list.ShouldBeNull();
        problems.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.LineageTooLong);
    }

    [Fact]
    public async Task A_search_for_paths_ends_at_the_most_steps_and_says_so()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var guids = await ChainAsync(catalog, 4);

        var paths = (await Reader(catalog.Store, catalog, new LineageBounds { PathSteps = 2 }).PathsAsync(
            new LineagePathQuery(By(guids[0]), By(guids[4]), 10, 10), Token)).Paths!;

        paths.Paths.ShouldBeEmpty();
        paths.Reached.ShouldBe(LineageLimit.Steps);
    }

    [Fact]
    public async Task A_process_of_many_inputs_and_outputs_gives_no_more_relations_than_the_bound()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync(Body([.. Enumerable.Range(0, 12).Select(Table), Process(0, Enumerable.Range(0, 6), Enumerable.Range(6, 6))]));
        var table = await catalog.GuidOfAsync("Table", "table0");

        var graph = (await Reader(catalog.Store, catalog, new LineageBounds { Edges = 10 }).GraphAsync(
            new LineageGraphQuery(By(table), LineageDirection.Output, 1) { HidesProcesses = true }, Token)).Graph!;
        var process = await catalog.GuidOfAsync("Process", "process0");
        var around = (await Reader(catalog.Store, catalog, new LineageBounds { Edges = 12 }).GraphAsync(
            new LineageGraphQuery(By(process), LineageDirection.Both, 1), Token)).Graph!;

        graph.Relations.Length.ShouldBe(6);
        around.Relations.Length.ShouldBe(12);
    }

    [Fact]
    public async Task Lineage_as_of_a_past_that_was_trimmed_is_refused()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var guids = await ChainAsync(catalog, 2);
        await catalog.Store.TrimAsync(catalog.Store.Head.Commit, rowsMax: 1_000_000, Token);

        var (list, problems) = await Reader(catalog.Store, catalog, new LineageBounds()).ListAsync(
            new LineageListQuery(By(guids[0]), LineageDirection.Output, 10, 0, 100) { Moment = new Moment.AtSequence(1), MomentParameter = "asOf" }, Token);

        list.ShouldBeNull();
        problems.ShouldHaveSingleItem().Code.ShouldBe(ErrorCodes.PastTrimmed);
        problems[0].Path.ShouldBe("asOf");
    }

    private static async Task<int> ReadsOfFanAsync(int inputs)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var process = await FanAsync(catalog, inputs);
        var reads = 0;
        var store = CallProxy.Around<ICatalogStore>(
            catalog.Store, (method, result) => method.Name == nameof(ICatalogStore.ReadAsync) ? new ValueTask<IReadSession>(CountedAsync((ValueTask<IReadSession>)result!)) : result);
        var list = (await Reader(store, catalog, new LineageBounds()).ListAsync(Upstream(process, size: 10_000) with { ImmediateNeighbours = true }, Token)).List!;
        list.Entities.Length.ShouldBe(inputs + 1);
        return reads;

        async Task<IReadSession> CountedAsync(ValueTask<IReadSession> session) => CallProxy.Around(await session, (_, result) =>
        {
            reads++;
            return result;
        });
    }

    private static async Task<Guid> FanAsync(TestCatalog catalog, int inputs)
    {
        foreach (var chunk in Enumerable.Range(0, inputs).Chunk(5_000))
        {
            await catalog.SaveAsync(Body([.. chunk.Select(Table)]));
        }

        await catalog.SaveAsync(Body([Process(0, Enumerable.Range(0, inputs), [])]));
        return await catalog.GuidOfAsync("Process", "process0");
    }

    private static async Task<List<Guid>> ChainAsync(TestCatalog catalog, int length)
    {
        await catalog.SaveAsync(Body([.. Enumerable.Range(0, length + 1).Select(Table)]));
        await catalog.SaveAsync(Body([.. Enumerable.Range(0, length).Select(n => Process(n, [n], [n + 1]))]));
        var guids = new List<Guid>();
        for (var n = 0; n <= length; n++)
        {
            guids.Add(await catalog.GuidOfAsync("Table", Text($"table{n}")));
        }

        return guids;
    }

    private static LineageReader Reader(ICatalogStore store, TestCatalog catalog, LineageBounds bounds) => new(store, catalog.Types, bounds, TimeProvider.System);

    private static LineageListQuery Upstream(Guid process, int size) => new(By(process), LineageDirection.Input, 10, 0, size);

    private static AssetSelector.ByGuid By(Guid guid) => new(guid);

    private static string Table(int n) => Text($$$"""{"typeName":"Table","attributes":{"name":"table{{{n}}}","qualifiedName":"table{{{n}}}"} }""");

    private static string Process(int n, IEnumerable<int> inputs, IEnumerable<int> outputs) => Text(
        $$$"""{"typeName":"Process","attributes":{"name":"process{{{n}}}","qualifiedName":"process{{{n}}}"},"relationshipAttributes":{"inputs":[{{{References(inputs)}}}],"outputs":[{{{References(outputs)}}}]} }""");

    private static string References(IEnumerable<int> tables) =>
        string.Join(',', tables.Select(n => Text($$$"""{"typeName":"Table","uniqueAttributes":{"qualifiedName":"table{{{n}}}"} }""")));

    private static string Body(ImmutableArray<string> entities) => $"{{\"entities\":[{string.Join(',', entities)}]}}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
