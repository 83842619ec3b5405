using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Searches over HTTP among so many columns of a made-up warehouse, on one server with SQLite.</summary>
internal sealed class SearchReads(int assets, FigureList figures)
{
    private const int PerRequest = 200;
    private const int WarmUps = 50;
    private const int Calls = 400;
    private const string Schema = "default/snowflake/1700000000/ANALYTICS/SALES";

    private int Tables => (assets / Warehouse.ColumnsPerTable) + 1;

    /// <summary>Measures.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new ScratchFolder();
        figures.Group(string.Create(CultureInfo.InvariantCulture, $"Search among {assets:N0} columns, SQLite"));
        await using (var server = await CatalogProcess.StartAsync(folder.Location, cancellationToken))
        {
            await server.GuardAsync(() => MeasureAsync(server, cancellationToken));
        }

        await using (var again = await CatalogProcess.StartAsync(folder.Location, cancellationToken))
        {
            var first = Stopwatch.GetTimestamp();
            await CallAsync(again, Search(Term("qualifiedName", NameOf(0))), cancellationToken);
            figures.Add(new Figure("start with the index there", again.StartTime.TotalMilliseconds, "ms"));
            figures.Add(new Figure("first search after it", Stopwatch.GetElapsedTime(first).TotalMilliseconds, "ms"));
            await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
            figures.Add(new Figure("memory at rest", again.ResidentBytes / 1_048_576.0, "MiB"));
        }

        Directory.Delete(Path.Combine(folder.Location, "search"), recursive: true);
        await using var built = await CatalogProcess.StartAsync(folder.Location, cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        await WarmUp.IndexAsync(built.Target, cancellationToken);
        figures.Add(new Figure("index built anew", assets / Stopwatch.GetElapsedTime(begun).TotalSeconds, "assets/s"));
    }

    private static string Search(string query, string more = ""","size":20,"sort":[{"__guid":{"order":"asc"}}]""") =>
        $$"""{"dsl":{"from":0,"track_total_hits":true,"query":{{query}}{{more}}},"attributes":["name"]}""";

    private static string Term(string field, string value) => $$$"""{"term":{"{{{field}}}":{"value":"{{{value}}}"} } }""";

    private static string NameOf(int number) => string.Create(
        CultureInfo.InvariantCulture, $"{Schema}/{Warehouse.TableName(number / Warehouse.ColumnsPerTable)}/AMOUNT_{number:D7}");

    private async Task MeasureAsync(CatalogProcess server, CancellationToken cancellationToken)
    {
        await ClosedLoop.EachAsync(server.Target, Warehouse.Tables(0, Tables), cancellationToken);
        var begun = Stopwatch.GetTimestamp();
        await ClosedLoop.OnceAsync(server.Target, 4, Warehouse.Columns(0, assets, PerRequest), cancellationToken);
        figures.Add(new Figure("saved meanwhile", assets / Stopwatch.GetElapsedTime(begun).TotalSeconds, "assets/s"));
        await WarmUp.IndexAsync(server.Target, cancellationToken);
        figures.Add(new Figure("saved and indexed", assets / Stopwatch.GetElapsedTime(begun).TotalSeconds, "assets/s"));
        await LatenciesAsync(server, "term on qualifiedName", n => Search(Term("qualifiedName", NameOf(n * 7_919 % assets))), cancellationToken);
        await LatenciesAsync(server, "prefix", n => Search($$$"""{"prefix":{"qualifiedName":{"value":"{{{Schema}}}/{{{Warehouse.TableName(n * 31 % (Tables - 1))}}}"} } }"""), cancellationToken);
        await LatenciesAsync(server, "wildcard", n => Search($$$"""{"wildcard":{"qualifiedName":{"value":"*{{{Warehouse.TableName(n * 31 % (Tables - 1))[5..]}}}/AMOUNT*"} } }"""), cancellationToken);
        await LatenciesAsync(server, "words in the description", n => Search("""{"match":{"description":"customer owes invoice"}}"""), cancellationToken);
        await LatenciesAsync(server, "bool of five, two aggregations", Five, cancellationToken);
        await LatenciesAsync(server, "deep page, sorted by name", n => Search("""{"match_all":{}}""", ""","size":20,"sort":[{"name.keyword":{"order":"asc"}}]""").Replace("\"from\":0", "\"from\":9000", StringComparison.Ordinal), cancellationToken);
        await LatenciesAsync(server, "save one and find it", n => null, cancellationToken);
    }

    private string Five(int n) => Search(
        $$$"""
        {"bool":{"filter":[{"term":{"__state":"ACTIVE"}},{"term":{"__superTypeNames.keyword":"Column"}},{"prefix":{"qualifiedName":"{{{Schema}}}/FACT_"}},{"range":{"order":{"gte":{{{(n % 30) + 1}}} } } }],"must_not":[{"term":{"isNullable":true}}]}}
        """.Trim(),
        ""","size":20,"sort":[{"name.keyword":{"order":"asc"}}],"aggregations":{"types":{"terms":{"field":"dataType","size":10}},"tables":{"terms":{"field":"tableQualifiedName","size":20}}}""");

    /// <summary>Measures a search; where there is none, a save followed by the search for it.</summary>
    private async Task LatenciesAsync(CatalogProcess server, string name, Func<int, string?> body, CancellationToken cancellationToken)
    {
        var ticks = new List<long>();
        for (var n = 0; n < WarmUps + Calls; n++)
        {
            var search = body(n);
            if (search is null)
            {
                var table = string.Create(CultureInfo.InvariantCulture, $"FOUND_{n:D6}");
                await server.Target.AskAsync(Encoding.UTF8.GetBytes($$"""{"entities":[{{Warehouse.Table(table)}}]}"""), cancellationToken);
                search = Search(Term("qualifiedName", $"{Schema}/{table}"));
            }

            var sent = Stopwatch.GetTimestamp();
            var answer = await CallAsync(server, search, cancellationToken);
            if (n >= WarmUps)
            {
                ticks.Add(Stopwatch.GetTimestamp() - sent);
            }

            if (answer.GetProperty("approximateCount").GetInt64() == 0)
            {
                throw new InvalidOperationException($"{name} found nothing: {search}");
            }
        }

        var latencies = new Latencies(ticks);
        figures.Add(new Figure($"{name}: p50", latencies.Microseconds(0.5) / 1_000, "ms"));
        figures.Add(new Figure($"{name}: p99", latencies.Microseconds(0.99) / 1_000, "ms"));
    }

    private static Task<JsonElement> CallAsync(CatalogProcess server, string body, CancellationToken cancellationToken) =>
        server.Target.CallAsync(HttpMethod.Post, "/api/meta/search/indexsearch", body, cancellationToken);
}
