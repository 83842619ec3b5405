using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Testing.Postgres;

namespace Cartulary.Load.Measuring;

/// <summary>Changes that reach very many assets: tags that are passed on, and connections that are deleted, in one save or by a job.</summary>
internal sealed class LargeChanges(Effort effort, FigureList figures)
{
    private const int AssetsPerRequest = 1_000;
    private const int Schemas = 10;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

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
        await using var other = await CatalogProcess.StartAsync(scratch.Location, await cluster.NewDatabaseAsync("large", cancellationToken), cancellationToken);
        await MeasureAsync("PostgreSQL", other, cancellationToken);
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private Task MeasureAsync(string store, CatalogProcess server, CancellationToken cancellationToken) => server.GuardAsync(async () =>
    {
        figures.Group($"Changes that reach many assets, {store}");
        await DefineTagAsync(server, cancellationToken);
        foreach (var tables in effort.LargeTables)
        {
            var connection = $"default/large/{tables}";
            var (databases, total) = await FillAsync(server, connection, tables, cancellationToken);
            await TagAsync(server, databases, total, cancellationToken);
            await DeleteAsync(server, connection, total, cancellationToken);
        }
    });

    /// <summary>Attaches a tag to a database that holds a third of all, and waits until it has reached everything.</summary>
    private async Task TagAsync(CatalogProcess server, string database, int total, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var head = await server.Target.HeadAsync(cancellationToken);
        await server.Target.CallAsync(
            HttpMethod.Post, $"/api/atlas/v2/entity/guid/{database}/classifications?receipts=true", """[{"typeName":"Large","propagate":true}]""", cancellationToken);
        var answered = Stopwatch.GetElapsedTime(began);
        while ((await server.Target.CallAsync(HttpMethod.Get, "/api/tags/pending", json: null, cancellationToken)).GetProperty("pending").GetArrayLength() > 0)
        {
            await Task.Delay(LookAgain, cancellationToken);
        }

        var all = Stopwatch.GetElapsedTime(began);
        var reached = await server.Target.HeadAsync(cancellationToken) - head;
        figures.Add(new Figure($"tag a database of {Number(total)}: until answered", answered.TotalMilliseconds, "ms"));
        figures.Add(new Figure($"until all {Number(reached)} have it", all.TotalMilliseconds, "ms"));
    }

    private async Task DeleteAsync(CatalogProcess server, string connection, int total, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var head = await server.Target.HeadAsync(cancellationToken);
        var job = await server.Target.CallAsync(
            HttpMethod.Post, "/api/jobs", $$"""{"kind":"delete-connection","connection":"{{connection}}","deleteType":"PURGE"}""", cancellationToken);
        while (job.GetProperty("status").GetString() == "RUNNING")
        {
            await Task.Delay(LookAgain, cancellationToken);
            job = await server.Target.CallAsync(HttpMethod.Get, $"/api/jobs/{job.GetProperty("id").GetString()}", json: null, cancellationToken);
        }

        var time = Stopwatch.GetElapsedTime(began);
        var told = await server.Target.HeadAsync(cancellationToken) - head;
        if (told != total || job.GetProperty("status").GetString() != "DONE")
        {
            throw new InvalidOperationException($"Of {total} assets {told} were told: {job}");
        }

        figures.Add(new Figure($"delete a connection of {Number(total)}", time.TotalMilliseconds, "ms"));
        figures.Add(new Figure("that is", total / time.TotalSeconds, "assets/s"));
    }

    private static Task<JsonElement> DefineTagAsync(CatalogProcess server, CancellationToken cancellationToken) => server.Target.CallAsync(
        HttpMethod.Post, "/api/atlas/v2/types/typedefs", """{"classificationDefs":[{"category":"CLASSIFICATION","name":"Large","attributeDefs":[]}]}""", cancellationToken);

    /// <summary>A connection as Atlan's page on deleted assets has it: 3 databases, 10 schemas, and 30 columns in each table.</summary>
    private static async Task<(string Database, int Total)> FillAsync(CatalogProcess server, string connection, int tables, CancellationToken cancellationToken)
    {
        var database = "";
        var total = 0;
        foreach (var chunk in Tree(connection, tables).Chunk(AssetsPerRequest))
        {
            var answer = await server.Target.AskAsync(Encoding.UTF8.GetBytes($$"""{"entities":[{{string.Join(',', chunk)}}]}"""), cancellationToken);
            database = database.Length > 0 ? database : answer.GetProperty("mutatedEntities").GetProperty("CREATE")[1].GetProperty("guid").GetString()!;
            total += chunk.Length;
        }

        return (database, total);
    }

    private static IEnumerable<string> Tree(string connection, int tables)
    {
        yield return Asset("Connection", connection, null, null);
        for (var database = 0; database < 3; database++)
        {
            yield return Asset("Database", $"{connection}/d{database}", null, null);
        }

        for (var schema = 0; schema < Schemas; schema++)
        {
            yield return Asset("Schema", Schema(schema), "database", $$"""{"typeName":"Database","uniqueAttributes":{"qualifiedName":"{{connection}}/d{{schema % 3}}"} }""");
        }

        for (var table = 0; table < tables; table++)
        {
            var name = $"{Schema(table % Schemas)}/t{table}";
            yield return Asset("Table", name, "atlanSchema", $$"""{"typeName":"Schema","uniqueAttributes":{"qualifiedName":"{{Schema(table % Schemas)}}"} }""");
            for (var column = 0; column < 30; column++)
            {
                yield return Asset("Column", $"{name}/c{column}", "table", $$"""{"typeName":"Table","uniqueAttributes":{"qualifiedName":"{{name}}"} }""");
            }
        }

        string Schema(int schema) => $"{connection}/d{schema % 3}/s{schema}";
    }

    private static string Asset(string type, string qualifiedName, string? end, string? other) =>
        $$"""{"typeName":"{{type}}","attributes":{"qualifiedName":"{{qualifiedName}}","name":"{{qualifiedName[(qualifiedName.LastIndexOf('/') + 1)..]}}"{{(end is null ? "" : $",\"{end}\":{other}")}} } }""";
}
