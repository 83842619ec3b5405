using System.Globalization;
using System.Text.Json.Nodes;

namespace Cartulary.Server.Tests.Contract;

/// <summary>
/// Calls that save or archive, about a handful of assets that come and go: most of them make sense, some do not. The same seed
/// gives the same calls.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="guids">The guids of the first assets, by their names.</param>
internal sealed class RandomCalls(int seed, IReadOnlyDictionary<string, string> guids)
{
    private static readonly string[] Names = ["a", "b", "a/c", "v", "p", "s", "new", "a/new"];
    private static readonly string[] Types = ["Table", "Table", "Column", "View", "Process", "Schema", "AtlasGlossaryTerm", "SQL", "Asset"];

    private static readonly (string Attribute, string[] Values)[] Attributes =
    [
        ("description", ["\"\"", "\"x\"", "\"y\"", "null"]),
        ("rowCount", ["0", "1", "\"2\"", "3.0", "null"]),
        ("certificateStatus", ["\"VERIFIED\"", "\"DRAFT\"", "null"]),
        ("ownerUsers", ["[]", "[\"a\"]", "[\"b\",\"a\"]", "null"]),
        ("isTemporary", ["true", "\"false\"", "null"]),
        ("sourceCreatedAt", ["0", "\"1970-01-02\"", "null"]),
        ("order", ["1", "2"]),
        ("nothing", ["1"]),
    ];

    private static readonly (string End, string[] Partners)[] Ends =
    [
        ("columns", ["a/c"]), ("table", ["a", "b"]), ("view", ["v"]), ("atlanSchema", ["s"]), ("meanings", ["w"]), ("inputs", ["a", "b", "a/c"]),
        ("outputs", ["a", "v"]), ("tables", ["a", "b"]), ("assignedEntities", ["a", "v", "p"]), ("inputToProcesses", ["p"]),
    ];

    private static readonly string[] Oddities = ["null", "true", "-1", "1.5", "\"\"", "[]", "{}", "[null]", "{\"guid\":\"-9\"}", "\"ACTIVE\"", "9223372036854775808"];
    private static readonly string[] Members = ["labels", "customAttributes", "status", "guid", "typeName", "expectedVersion", "attributes", "classifications", "appendRelationshipAttributes"];
    private readonly Random _random = new(seed);

    /// <summary>The next call.</summary>
    public RandomCall Next()
    {
        var condition = _random.Next(7) == 0 ? Pick("*", "\"1\"", "\"2\", \"3\"", "W/\"1\"", "\"0\"") : null;
        return _random.Next(10) switch
        {
            < 4 => new("POST", "/api/meta/entity/bulk?", new JsonObject { ["entities"] = new JsonArray([.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Asset())]) }.ToJsonString(), IfMatch: null),
            < 6 => new("POST", "/api/meta/entity?", new JsonObject { ["entity"] = Asset() }.ToJsonString(), condition),
            6 => new("PUT", $"/api/meta/entity/uniqueAttribute/type/{Pick("Table", "View", "Column")}?attr:qualifiedName={Pick(Names)}&", new JsonObject { ["entity"] = Part() }.ToJsonString(), condition),
            7 => new("PUT", $"/api/meta/entity/guid/{Guid()}?name={Pick(Attributes).Attribute}&", Pick(Pick(Attributes).Values), condition),
            8 => new("DELETE", $"/api/meta/entity/guid/{Guid()}?", Json: null, condition),
            _ => new("DELETE", $"/api/meta/entity/bulk?guid={Guid()}&guid={Guid()}&", Json: null, IfMatch: null),
        };
    }

    private JsonObject Asset()
    {
        var type = Pick(Types);
        var attributes = new JsonObject { ["qualifiedName"] = Pick(Names), ["name"] = Pick("n", "m") };
        var asset = new JsonObject { ["typeName"] = type, ["attributes"] = attributes };
        if (type == "AtlasGlossaryTerm")
        {
            asset["guid"] = guids["w"];
            attributes["anchor"] = new JsonObject { ["guid"] = guids["g"] };
        }
        else if (_random.Next(3) == 0)
        {
            asset["guid"] = _random.Next(4) == 0 ? Guid() : Pick("-1", "-2");
        }

        return Say(asset);
    }

    private JsonObject Part()
    {
        var part = Asset();
        if (part["attributes"] is JsonObject attributes)
        {
            attributes.Remove("qualifiedName");
            attributes.Remove("name");
        }

        return part;
    }

    private JsonObject Say(JsonObject asset)
    {
        for (var left = _random.Next(4); left > 0; left--)
        {
            var (attribute, values) = Pick(Attributes);
            asset["attributes"]![attribute] = JsonNode.Parse(Pick(values));
        }

        for (var left = _random.Next(3); left > 0; left--)
        {
            var (end, partners) = Pick(Ends);
            var partner = new JsonObject { ["guid"] = guids[Pick(partners)] };
            var where = Pick("attributes", "relationshipAttributes", "appendRelationshipAttributes", "removeRelationshipAttributes");
            (asset[where] ??= new JsonObject())[end] = _random.Next(5) == 0 ? null : end.EndsWith('s') ? new JsonArray(partner) : partner;
        }

        if (_random.Next(4) == 0)
        {
            var (member, value) = Pick(("labels", "[\"x\"]"), ("labels", "[]"), ("customAttributes", "{\"k\":\"v\"}"), ("status", "\"ACTIVE\""), ("expectedVersion", Version()));
            asset[member] = JsonNode.Parse(value);
        }

        if (_random.Next(8) == 0)
        {
            asset[Pick(Members)] = JsonNode.Parse(Pick(Oddities));
        }

        return asset;
    }

    private string Version() => _random.Next(5).ToString(CultureInfo.InvariantCulture);

    private string Guid() => Pick([.. guids.Values]);

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}

/// <summary>A call.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Address">Its address, to which parameters can be added.</param>
/// <param name="Json">Its body, or null.</param>
/// <param name="IfMatch">Its condition, or null.</param>
internal sealed record RandomCall(string Method, string Address, string? Json, string? IfMatch)
{
    public override string ToString() => $"{Method} {Address} {IfMatch} {Json}";
}
