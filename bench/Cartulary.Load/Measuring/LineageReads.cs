using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Testing.Postgres;

namespace Cartulary.Load.Measuring;

/// <summary>
/// Lineage read among very many processes: layers of tables, in which each process reads two neighbours of one layer and writes one
/// table of the next, so that ten steps from a table lead to 65 tables over 65 processes.
/// </summary>
internal sealed class LineageReads(int processes, FigureList figures)
{
    private const int Width = 1_000;
    private const int AssetsPerRequest = 2_000;
    private const int Steps = 10;
    private const int FanInputs = 5_000;
    private const int WarmUps = 50;
    private const int Calls = 500;

    private const string Live = """{"condition":"AND","criterion":[{"attributeName":"__state","operator":"=","attributeValue":"ACTIVE"}]}""";

    private int Layers => Math.Max(processes / Width, Steps + 2);

    /// <summary>Measures on both stores.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using (var folder = new ScratchFolder())
        {
            await using var server = await CatalogProcess.StartAsync(folder.Location, cancellationToken);
            await MeasureAsync("SQLite", server, cancellationToken);
        }

        await using var cluster = await PostgresServer.StartNewAsync(isDurable: true, cancellationToken);
        using var scratch = new ScratchFolder();
        await using var other = await CatalogProcess.StartAsync(scratch.Location, await cluster.NewDatabaseAsync("lineage", cancellationToken), cancellationToken);
        await MeasureAsync("PostgreSQL", other, cancellationToken);
    }

    private Task MeasureAsync(string store, CatalogProcess server, CancellationToken cancellationToken) => server.GuardAsync(async () =>
    {
        figures.Group(string.Create(CultureInfo.InvariantCulture, $"Lineage among {Layers * Width:N0} processes, {store}"));
        await FillAsync(server, cancellationToken);
        var starts = await StartsAsync(server, cancellationToken);
        await CallAsync(server, $"list downstream, {Steps} steps", starts, guid => (HttpMethod.Post, "/api/meta/lineage/list", List(guid, Steps, 1_000)), cancellationToken);
        await CallAsync(server, $"list downstream, {Steps} steps, page of 10", starts, guid => (HttpMethod.Post, "/api/meta/lineage/list", List(guid, Steps, 10)), cancellationToken);
        await CallAsync(server, $"graph downstream, {Steps} steps", starts, guid => (HttpMethod.Get, $"/api/meta/lineage/{guid}?direction=OUTPUT&depth={Steps}", null), cancellationToken);
        await CallAsync(server, "graph both ways, 1 step", starts, guid => (HttpMethod.Get, $"/api/meta/lineage/{guid}?depth=1", null), cancellationToken);
        var fan = await GuidAsync(server, "Process", "lineage/fan", cancellationToken);
        await CallAsync(server, string.Create(CultureInfo.InvariantCulture, $"list of {FanInputs:N0} inputs, first page of 10"), [fan], guid => (HttpMethod.Post, "/api/meta/lineage/list", List(guid, 1, 10, "INPUT")), cancellationToken);
    });

    private static string List(string guid, int depth, int size, string direction = "OUTPUT") =>
        $$"""{"guid":"{{guid}}","size":{{size}},"from":0,"depth":{{depth}},"direction":"{{direction}}","entityFilters":{{Live}},"entityTraversalFilters":{{Live}},"relationshipTraversalFilters":{{Live}},"excludeMeanings":true,"excludeClassifications":true}""";

    private async Task CallAsync(
        CatalogProcess server, string name, List<string> starts, Func<string, (HttpMethod Method, string Path, string? Body)> call, CancellationToken cancellationToken)
    {
        var ticks = new List<long>();
        for (var n = 0; n < WarmUps + Calls; n++)
        {
            var (method, path, body) = call(starts[n % starts.Count]);
            var sent = Stopwatch.GetTimestamp();
            await server.Target.CallAsync(method, path, body, cancellationToken);
            if (n >= WarmUps)
            {
                ticks.Add(Stopwatch.GetTimestamp() - sent);
            }
        }

        var latencies = new Latencies(ticks);
        figures.Add(new Figure($"{name}: p50", latencies.Microseconds(0.5) / 1_000, "ms"));
        figures.Add(new Figure($"{name}: p99", latencies.Microseconds(0.99) / 1_000, "ms"));
    }

    /// <summary>Tables of the first layers, from which all steps can be gone.</summary>
    private async Task<List<string>> StartsAsync(CatalogProcess server, CancellationToken cancellationToken)
    {
        var starts = new List<string>();
        for (var n = 0; n < 100; n++)
        {
            starts.Add(await GuidAsync(server, "Table", Table(n % (Layers - Steps), n * 7 % Width), cancellationToken));
        }

        return starts;
    }

    private static async Task<string> GuidAsync(CatalogProcess server, string type, string qualifiedName, CancellationToken cancellationToken)
    {
        var header = await server.Target.CallAsync(
            HttpMethod.Get, $"/api/meta/entity/uniqueAttribute/type/{type}/header?attr:qualifiedName={Uri.EscapeDataString(qualifiedName)}", json: null, cancellationToken);
        return header.GetProperty("guid").GetString()!;
    }

    private async Task FillAsync(CatalogProcess server, CancellationToken cancellationToken)
    {
        foreach (var chunk in Assets().Chunk(AssetsPerRequest))
        {
            await server.Target.AskAsync(Encoding.UTF8.GetBytes($$"""{"entities":[{{string.Join(',', chunk)}}]}"""), cancellationToken);
        }
    }

    private IEnumerable<string> Assets()
    {
        for (var layer = 0; layer <= Layers; layer++)
        {
            for (var place = 0; place < Width; place++)
            {
                yield return Asset("Table", Table(layer, place), "");
            }
        }

        for (var layer = 0; layer < Layers; layer++)
        {
            for (var place = 0; place < Width; place++)
            {
                yield return Process($"lineage/p{layer}/{place}", [Table(layer, place), Table(layer, (place + 1) % Width)], [Table(layer + 1, place)]);
            }
        }

        var fan = Enumerable.Range(0, FanInputs).Select(n => string.Create(CultureInfo.InvariantCulture, $"lineage/f{n}")).ToList();
        foreach (var table in fan)
        {
            yield return Asset("Table", table, "");
        }

        yield return Process("lineage/fan", fan, []);
    }

    private static string Table(int layer, int place) => string.Create(CultureInfo.InvariantCulture, $"lineage/t{layer}/{place}");

    private static string Process(string name, IEnumerable<string> inputs, IEnumerable<string> outputs) =>
        Asset("Process", name, $",\"inputs\":[{References(inputs)}],\"outputs\":[{References(outputs)}]");

    private static string References(IEnumerable<string> tables) =>
        string.Join(',', tables.Select(name => $$$"""{"typeName":"Table","uniqueAttributes":{"qualifiedName":"{{{name}}}"} }"""));

    private static string Asset(string type, string name, string more) =>
        $$$"""{"typeName":"{{{type}}}","attributes":{"qualifiedName":"{{{name}}}","name":"{{{JsonEncodedText.Encode(name[(name.LastIndexOf('/') + 1)..])}}}"{{{more}}} } }""";
}
