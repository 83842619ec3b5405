using System.Text.Json;
using Cartulary.Load.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Cartulary.Load.Baselines;

/// <summary>
/// The baseline: what a competent team would write in a day. A web server and PostgreSQL: assets are upserted as documents,
/// those that differ only, in one statement a request; triggers fill an outbox in the same transaction. It takes the bulk
/// bodies of the clients, and answers what was created and updated.
/// </summary>
/// <remarks>
/// It leaves out much of what the server does: no types, no references between assets, no state before a change, no numbers
/// in the order of commits, no keys; and whatever order a client writes its members in is a difference.
/// </remarks>
internal sealed class UpsertServer(NpgsqlDataSource database)
{
    /// <summary>The command that serves it.</summary>
    public const string CommandName = "upsert-server";

    /// <summary>Where it takes bodies.</summary>
    public const string Path = "/assets/bulk";

    /// <summary>The variable that holds the connection string.</summary>
    public const string DatabaseVariable = "BASELINE_DATABASE";

    // Sent in the order of the names, so that two requests cannot wait for each other.
    private const string Upsert =
        """
        INSERT INTO asset AS a (guid, type_name, qualified_name, doc)
        SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (qualified_name, type_name) DO UPDATE SET doc = excluded.doc, version = a.version + 1, updated_at = now()
        WHERE a.doc IS DISTINCT FROM excluded.doc
        RETURNING version, guid, type_name, qualified_name
        """;

    /// <summary>Makes the tables in an empty database.</summary>
    public static async Task CreateSchemaAsync(string database, CancellationToken cancellationToken)
    {
        using var script = new StreamReader(typeof(UpsertServer).Assembly.GetManifestResourceStream("Baselines/schema.sql")!);
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(await script.ReadToEndAsync(cancellationToken));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Serves in this process and prints the address.</summary>
    public static async Task ServeAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(Environment.GetEnvironmentVariable(DatabaseVariable))
        {
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            MaxPoolSize = 16,
        };
        await using var database = NpgsqlDataSource.Create(settings);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseRouting();
        var server = new UpsertServer(database);
        app.MapPost(Path, server.SaveAsync);
        app.MapGet("/api/events", server.HeadAsync);
        await app.StartAsync(cancellationToken);
        await output.WriteLineAsync(app.Urls.Single());
        await output.FlushAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
    }

    /// <summary>Starts it as a child process on a database, and gives its address.</summary>
    public static Task<(Child Child, Uri Address)> StartAsync(string database, CancellationToken cancellationToken) =>
        Child.StartOwnAsync(CommandName, new Dictionary<string, string> { [DatabaseVariable] = database }, cancellationToken);

    private async Task SaveAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
        var documents = new SortedDictionary<(string Name, string Type), string>(Comparer<(string Name, string Type)>.Create(Order));
        foreach (var entity in body.RootElement.GetProperty("entities").EnumerateArray())
        {
            var name = entity.GetProperty("attributes").GetProperty("qualifiedName").GetString()!;
            documents[(name, entity.GetProperty("typeName").GetString()!)] = entity.GetRawText();
        }

        await using var command = database.CreateCommand(Upsert);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. documents.Select(_ => Guid.CreateVersion7())] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. documents.Keys.Select(key => key.Type)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. documents.Keys.Select(key => key.Name)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. documents.Values] });
        await using var saved = await command.ExecuteReaderAsync(http.RequestAborted);
        await AnswerAsync(http, saved);
    }

    private static int Order((string Name, string Type) left, (string Name, string Type) right) =>
        string.CompareOrdinal(left.Name, right.Name) is not 0 and var names ? names : string.CompareOrdinal(left.Type, right.Type);

    private static async Task AnswerAsync(HttpContext http, NpgsqlDataReader saved)
    {
        http.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("saved");
        while (await saved.ReadAsync(http.RequestAborted))
        {
            json.WriteStartObject();
            json.WriteNumber("version", saved.GetInt64(0));
            json.WriteString("guid", saved.GetGuid(1));
            json.WriteString("typeName", saved.GetString(2));
            json.WriteString("qualifiedName", saved.GetString(3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private async Task HeadAsync(HttpContext http)
    {
        await using var command = database.CreateCommand("SELECT coalesce(max(seq), 0) FROM outbox");
        var head = (long)(await command.ExecuteScalarAsync(http.RequestAborted))!;
        await http.Response.WriteAsync($$"""{"head":{{head}}}""", http.RequestAborted);
    }
}
