using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.Faults;

/// <summary>
/// One of several clients that save at once: new tables with columns under a schema that all share, changes of them, and
/// deletes. Every change is a real one, so it is known which events each request must lead to.
/// </summary>
public sealed partial class LoadClient(int number, int seed)
{
    public const string Header = "x-atlan-scenario";
    private const string Schema = "load/schema";
    private readonly Random _random = new(seed + number);
    private readonly List<LoadTable> _tables = [];
    private int _count;
    private volatile int _acknowledged;

    /// <summary>The schema under which all clients work.</summary>
    public static string SchemaBody { get; } = Bulk([new AssetDraft("Schema", Schema, "schema")]);

    /// <summary>Everything it tried, in order.</summary>
    public List<Attempt> Attempts { get; } = [];

    /// <summary>How many were acknowledged by a server that is the only one; may be asked while it runs.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>Sends one request after another until the server goes away or answers that it will.</summary>
    public async Task RunAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = CatalogHttp.ClientFor(address);
        while (await TryAsync(client, cancellationToken))
        {
        }
    }

    private async Task<bool> TryAsync(HttpClient client, CancellationToken cancellationToken)
    {
        var (method, path, body, attempt) = NextAttempt($"c{number}-{_count++}");
        Attempts.Add(attempt);
        try
        {
            var reply = await CatalogHttp.SendAsync(client, method, $"/api/meta/entity/{path}", body, [new(Header, attempt.Id)], cancellationToken);
            attempt.Status = reply.Status;
            if (reply.Status is not (200 or 503))
            {
                throw new InvalidOperationException($"{attempt.Id} was answered {reply.Status}: {reply.Body.GetRawText()}");
            }
        }
        catch (HttpRequestException)
        {
            return false;
        }

        if (attempt.IsAcknowledged)
        {
            attempt.Applied();
            _acknowledged++;
        }

        return attempt.IsAcknowledged;
    }

    private (HttpMethod Method, string Path, string? Body, Attempt Attempt) NextAttempt(string id) => _random.Next(10) switch
    {
        < 5 => Create(id),
        < 9 when _tables.Count > 0 => Change(id),
        9 when _tables.Count > 4 => Delete(id),
        _ => Create(id),
    };

    private (HttpMethod Method, string Path, string? Body, Attempt Attempt) Create(string id)
    {
        var table = new LoadTable($"load/{id}", _random.Next(1, 60));
        var drafts = table.Drafts(new AssetDraft("Schema", Schema, "schema"));
        return (HttpMethod.Post, "bulk", Bulk(drafts), new Attempt(
            id,
            [.. drafts.Select(draft => $"ENTITY_CREATE {draft.QualifiedName}"), $"ENTITY_UPDATE {Schema}"],
            () => _tables.Add(table)));
    }

    private (HttpMethod Method, string Path, string? Body, Attempt Attempt) Change(string id)
    {
        var table = _tables[_random.Next(_tables.Count)];
        var drafts = table.Drafts(schema: null).Take(_random.Next(1, table.Columns + 2)).Select(draft => draft.With("description", id)).ToList();
        return (HttpMethod.Post, "bulk", Bulk(drafts), new Attempt(
            id, [.. drafts.Select(draft => $"ENTITY_UPDATE {draft.QualifiedName}")], static () => { }));
    }

    private (HttpMethod Method, string Path, string? Body, Attempt Attempt) Delete(string id)
    {
        var table = _tables[_random.Next(_tables.Count)];
        var names = table.Drafts(schema: null)[0].QualifiedName;
        return (HttpMethod.Delete, $"uniqueAttribute/type/Table?attr:qualifiedName={Uri.EscapeDataString(names)}", null, new Attempt(
            id,
            [$"ENTITY_DELETE {names}", $"ENTITY_UPDATE {Schema}", .. table.Drafts(schema: null).Skip(1).Select(draft => $"ENTITY_UPDATE {draft.QualifiedName}")],
            () => _tables.Remove(table)));
    }

    private static string Bulk(IEnumerable<AssetDraft> drafts) =>
        new JsonObject { ["entities"] = new JsonArray([.. drafts.Select(draft => draft.Json)]) }.ToJsonString();

    /// <summary>A table that the client has made.</summary>
    private sealed record LoadTable(string Name, int Columns)
    {
        /// <summary>What a request says of it: the table, then its columns.</summary>
        public List<AssetDraft> Drafts(AssetDraft? schema)
        {
            var table = new AssetDraft("Table", Name, Name);
            return
            [
                schema is null ? table : table.In("atlanSchema", schema),
                .. Enumerable.Range(0, Columns).Select(i => new AssetDraft("Column", $"{Name}/c{i}", $"c{i}").In("table", table)),
            ];
        }
    }
}
