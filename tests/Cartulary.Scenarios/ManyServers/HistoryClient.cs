using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>Sends random requests about few assets, each to any server, and records what was asked, answered, and when.</summary>
internal sealed class HistoryClient(int number, int seed, ServerFleet fleet)
{
    private static readonly string[] Texts = ["red", "green", "blue"];
    private readonly Random _random = new(seed + (1_000 * number));
    private int _count;

    /// <summary>Everything answered, in the order of the answers.</summary>
    public List<HistoryAnswer> Answers { get; } = [];

    /// <summary>The tables that columns are put under, which nobody archives.</summary>
    public static IEnumerable<string> Parents { get; } = ["h/p0", "h/p1", "h/p2"];

    /// <summary>Sends so many requests, one after the other.</summary>
    public async Task RunAsync(int requests, CancellationToken cancellationToken)
    {
        using var client = CatalogHttp.ClientFor(fleet[0].Address);
        for (var i = 0; i < requests; i++)
        {
            var operation = Next($"h{number}-{_count++}");
            if (_random.Next(8) == 0)
            {
                operation = await ConditionAsync(client, operation, cancellationToken);
            }

            var sends = operation.Kind != HistoryKind.Read && _random.Next(5) == 0 ? 2 : 1;
            Answers.AddRange(await Task.WhenAll(Enumerable.Range(0, sends).Select(_ => SendAsync(client, operation, sends > 1, cancellationToken))));
        }
    }

    /// <summary>Creates the tables that columns are put under.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        using var client = CatalogHttp.ClientFor(fleet[0].Address);
        foreach (var parent in Parents)
        {
            Answers.Add(await SendAsync(client, new HistoryOperation($"h{number}-{_count++}", HistoryKind.Save, "Table", parent, Named("red")), false, cancellationToken));
        }
    }

    private static SortedDictionary<string, string> Named(string name) => new(StringComparer.Ordinal) { ["name"] = name };

    private string Text() => Texts[_random.Next(Texts.Length)];

    private HistoryOperation Next(string id)
    {
        var archived = $"h/a{_random.Next(3)}";
        var attributes = Named(Text());
        if (_random.Next(3) > 0)
        {
            attributes["description"] = Text();
        }

        return _random.Next(10) switch
        {
            0 or 1 => new HistoryOperation(id, HistoryKind.Read, "Table", archived, []),
            2 => new HistoryOperation(id, HistoryKind.Archive, "Table", archived, []),
            3 => new HistoryOperation(id, HistoryKind.Restore, "Table", archived, attributes),
            4 or 5 => new HistoryOperation(id, HistoryKind.Save, "Column", $"h/c{_random.Next(3)}", attributes, Parents.ElementAt(_random.Next(3))),
            6 => new HistoryOperation(id, HistoryKind.Save, "Table", $"h/n{_random.Next(200)}", attributes),
            7 => new HistoryOperation(id, HistoryKind.Save, "Table", Parents.ElementAt(_random.Next(3)), attributes),
            _ => new HistoryOperation(id, HistoryKind.Save, "Table", archived, attributes),
        };
    }

    /// <summary>Reads first, and makes a save on condition that nobody else has changed the asset meanwhile.</summary>
    private async Task<HistoryOperation> ConditionAsync(HttpClient client, HistoryOperation operation, CancellationToken cancellationToken)
    {
        if (operation.Kind is not (HistoryKind.Save or HistoryKind.Restore))
        {
            return operation;
        }

        var read = await SendAsync(client, operation with { Kind = HistoryKind.Read }, isKeyed: false, cancellationToken);
        Answers.Add(read);
        return operation with { ExpectedVersion = read.Reply.Status == 404 ? 0 : read.Reply.Success().GetProperty("entity").GetProperty("version").GetInt64() };
    }

    private async Task<HistoryAnswer> SendAsync(HttpClient client, HistoryOperation operation, bool isKeyed, CancellationToken cancellationToken)
    {
        var server = _random.Next(fleet.Count);
        var byName = $"/api/meta/entity/uniqueAttribute/type/{operation.Type}?attr:qualifiedName={Uri.EscapeDataString(operation.Target)}";
        var (method, path, body) = operation.Kind switch
        {
            HistoryKind.Read => (HttpMethod.Get, byName, null),
            HistoryKind.Archive => (HttpMethod.Delete, $"{byName}&receipts=true", null),
            _ => (HttpMethod.Post, "/api/meta/entity/bulk?receipts=true", Body(operation)),
        };
        List<KeyValuePair<string, string>> headers = [new(Faults.LoadClient.Header, operation.Id)];
        if (isKeyed)
        {
            headers.Add(new("Idempotency-Key", string.Create(CultureInfo.InvariantCulture, $"{seed}-{operation.Id}")));
        }

        var begun = Stopwatch.GetTimestamp();
        var reply = await CatalogHttp.SendAsync(client, method, new Uri(fleet[server].Address, path).AbsoluteUri, body, headers, cancellationToken);
        return new HistoryAnswer(operation, server, begun, Stopwatch.GetTimestamp(), reply);
    }

    private static string Body(HistoryOperation operation)
    {
        var draft = operation.Attributes.Aggregate(
            new AssetDraft(operation.Type, operation.Target, operation.Target), (made, attribute) => made.With(attribute.Key, attribute.Value));
        draft = operation.Table is { } table ? draft.In("table", new AssetDraft("Table", table, table)) : draft;
        draft = operation.Kind == HistoryKind.Restore ? draft.Restored() : draft;
        draft = operation.ExpectedVersion is { } version ? draft.Set("expectedVersion", version) : draft;
        return new JsonObject { ["entities"] = new JsonArray(draft.Json) }.ToJsonString();
    }
}
