using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Docs;
using NJsonSchema;

namespace Cartulary.Scenarios.Driving;

/// <summary>
/// The description of the API as it is published. Every answer to a scenario passes here, so that the description says no more
/// and no less than what is answered: an answer may have no member, status or error code that it does not name.
/// </summary>
public static class DescribedApi
{
    private const string Prefix = "#/components/schemas/";
    private const string SecondPrefix = "/api/atlas/v2/";

    private static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Page.Root(), "docs/reference/openapi.json"))).RootElement;

    /// <summary>Read by whoever needs it first; that two do so at a time does no harm.</summary>
    private static JsonSchema? _schemas;

    /// <summary>The names of all calls.</summary>
    public static IEnumerable<string> Calls =>
        Document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(call => NameOf(call.Value));

    /// <summary>The examples that schemas give, by the name of the schema.</summary>
    public static IEnumerable<(string Schema, string Json)> Examples =>
        from schema in Document.GetProperty("components").GetProperty("schemas").EnumerateObject()
        where schema.Value.TryGetProperty("examples", out _)
        from example in schema.Value.GetProperty("examples").EnumerateArray()
        select (schema.Name, example.GetRawText());

    /// <summary>Fails the test when an answer is not what the description says.</summary>
    public static async Task CheckAsync(HttpMethod method, string path, HttpReply reply)
    {
        if (Find(method, path) is { } call)
        {
            (await FaultsAsync(call, reply)).ShouldBeEmpty($"{method} {path} answered {reply.Status}, not as docs/reference/openapi.json says");
        }
    }

    /// <summary>The name of the call that a request is; null when it is none of those described.</summary>
    public static string? NameOf(HttpMethod method, string path) => Find(method, path) is { } call ? NameOf(call) : null;

    /// <summary>What an answer to a call of that name has that its description does not say, or lacks.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string name, HttpReply reply)
    {
        var calls = Document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(call => call.Value);
        return await FaultsAsync(calls.Single(call => NameOf(call) == name), reply);
    }

    /// <summary>What a text of JSON has that a schema does not say, or lacks.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string schema, string json)
    {
        var schemas = _schemas ??= await ReadSchemasAsync();
        return [.. schemas.Definitions[schema].Validate(json).Select(fault => fault.ToString())];
    }

    private static async Task<IReadOnlyList<string>> FaultsAsync(JsonElement call, HttpReply reply)
    {
        if (!call.GetProperty("responses").TryGetProperty(reply.Status.ToString(CultureInfo.InvariantCulture), out var answer))
        {
            return [$"{NameOf(call)} does not say that it answers {reply.Status}"];
        }

        if (!answer.TryGetProperty("content", out var content))
        {
            return reply.Body.ValueKind == JsonValueKind.Undefined ? [] : [$"{NameOf(call)} does not say that {reply.Status} has a body"];
        }

        var schema = content.GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()![Prefix.Length..];
        var faults = await FaultsAsync(schema, reply.Body.GetRawText());
        return reply.Status >= 400 && reply.Body.TryGetProperty("errorCode", out var code) && !Says(answer, code.GetString()!)
            ? [.. faults, $"{NameOf(call)} does not say that it refuses with {code}"]
            : faults;
    }

    private static bool Says(JsonElement answer, string code) => answer.GetProperty("description").GetString()!.Contains(code, StringComparison.Ordinal);

    private static string NameOf(JsonElement call) => call.GetProperty("operationId").GetString()!;

    private static JsonElement? Find(HttpMethod method, string path)
    {
        var plain = path.Split('?')[0];
        if (plain.StartsWith(SecondPrefix, StringComparison.Ordinal))
        {
            plain = $"/api/meta/{plain[SecondPrefix.Length..]}";
        }

        // Where two fit, the one with more words of its own is meant.
        var fits = Document.GetProperty("paths").EnumerateObject()
            .Where(described => Fits(described.Name.Split('/'), plain.Split('/')))
            .OrderBy(described => described.Name.Count(letter => letter == '{'))
            .Take(1);
        foreach (var described in fits)
        {
            return described.Value.TryGetProperty(method.Method.ToLower(CultureInfo.InvariantCulture), out var call) ? call : null;
        }

        return null;
    }

    private static bool Fits(string[] described, string[] parts) =>
        described.Length == parts.Length && described.Zip(parts).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);

    private static Task<JsonSchema> ReadSchemasAsync()
    {
        var schemas = JsonNode.Parse(Document.GetProperty("components").GetProperty("schemas").GetRawText().Replace(Prefix, "#/definitions/", StringComparison.Ordinal))!;
        Close(schemas);
        return JsonSchema.FromJsonAsync(new JsonObject { ["definitions"] = schemas.DeepClone() }.ToJsonString());
    }

    /// <summary>Members that a schema does not name are faults, unless it says that there may be any.</summary>
    private static void Close(JsonNode? node)
    {
        if (node is JsonObject schema)
        {
            if (schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties"))
            {
                schema["additionalProperties"] = false;
            }

            foreach (var (_, member) in schema.ToList())
            {
                Close(member);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Close(item);
            }
        }
    }
}
