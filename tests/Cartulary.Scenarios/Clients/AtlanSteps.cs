using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;

namespace Cartulary.Scenarios.Clients;

/// <summary>Calls of Atlan's Python client that scenarios begin with.</summary>
internal sealed class AtlanSteps(WireClient client, string scenario)
{
    public const string Save = "/api/meta/entity/bulk/?replaceTags=false&appendTags=false&replaceBusinessAttributes=false&overwriteBusinessAttributes=false";
    public const string Append = "/api/meta/entity/bulk/?appendTags=true";
    public const string Typedefs = "/api/meta/types/typedefs/";

    /// <summary>The qualified name of the table.</summary>
    public string Table => $"default/snowflake/{scenario}/orders";

    /// <summary>Saves the table and gives its guid.</summary>
    public async Task<string> HaveTableAsync()
    {
        var body = new JsonObject
        {
            ["entities"] = new JsonArray(new JsonObject
            {
                ["typeName"] = "Table",
                ["attributes"] = new JsonObject { ["name"] = "orders", ["qualifiedName"] = Table },
                ["guid"] = "-10000000000000",
                ["businessAttributes"] = null,
            }),
        };
        var answer = await client.AskAsync("POST", Save, body.ToJsonString());
        return answer.GetProperty("guidAssignments").GetProperty("-10000000000000").GetString()!;
    }

    /// <summary>A save of the table that says some more members.</summary>
    public string Saying(JsonObject members)
    {
        members["typeName"] = "Table";
        members["businessAttributes"] ??= null;
        var attributes = members["attributes"] as JsonObject ?? [];
        attributes["name"] = "orders";
        attributes["qualifiedName"] = Table;
        members["attributes"] = attributes;
        return new JsonObject { ["entities"] = new JsonArray(members) }.ToJsonString();
    }

    /// <summary>Makes a tag as the client does, and gives its name on the wire.</summary>
    public async Task<string> HaveTagAsync(string name)
    {
        var definition = new JsonObject
        {
            ["category"] = "CLASSIFICATION",
            ["name"] = name,
            ["displayName"] = name,
            ["options"] = new JsonObject { ["color"] = "GREEN", ["iconName"] = "atlanTags", ["imageID"] = "", ["iconType"] = "icon" },
            ["skipDisplayNameUniquenessCheck"] = false,
        };
        var answer = await client.AskAsync("POST", Typedefs, Wrapped("classificationDefs", definition));
        var made = answer.GetProperty("classificationDefs").EnumerateArray().ShouldHaveSingleItem();
        made.GetProperty("displayName").GetString().ShouldBe(name);
        made.GetProperty("category").GetString().ShouldBe("CLASSIFICATION");
        return made.GetProperty("name").GetString()!;
    }

    /// <summary>Makes a set of custom metadata with one text, as the client does; gives their names on the wire.</summary>
    public async Task<(string Set, string Attribute)> HaveSetAsync(string name)
    {
        var attribute = new JsonObject
        {
            ["name"] = "",
            ["displayName"] = "Owner team",
            ["typeName"] = "string",
            ["isNew"] = true,
            ["description"] = null,
            ["cardinality"] = "SINGLE",
            ["isOptional"] = true,
            ["isIndexable"] = false,
            ["isUnique"] = false,
            ["includeInNotification"] = false,
            ["enumValues"] = null,
            ["options"] = new JsonObject
            {
                ["customMetadataVersion"] = "v2",
                ["primitiveType"] = "string",
                ["applicableEntityTypes"] = "[\"Asset\"]",
                ["assetTypesList"] = "[\"Table\",\"Column\"]",
                ["glossaryTypeList"] = "[]",
                ["domainTypesList"] = "[]",
                ["otherAssetTypeList"] = "[]",
                ["aiAssetsTypeList"] = "[]",
                ["applicableConnections"] = "[]",
                ["applicableGlossaries"] = "[]",
                ["applicableDomains"] = "[]",
                ["allowSearch"] = false,
                ["allowFiltering"] = true,
                ["multiValueSelect"] = false,
                ["showInOverview"] = false,
                ["isEnum"] = false,
                ["maxStrLength"] = "100000000",
            },
        };
        var definition = new JsonObject
        {
            ["category"] = "BUSINESS_METADATA",
            ["name"] = name,
            ["displayName"] = name,
            ["description"] = null,
            ["attributeDefs"] = new JsonArray(attribute),
        };
        var answer = await client.AskAsync("POST", Typedefs, Wrapped("businessMetadataDefs", definition));
        var made = answer.GetProperty("businessMetadataDefs").EnumerateArray().ShouldHaveSingleItem();
        var own = made.GetProperty("attributeDefs").EnumerateArray().ShouldHaveSingleItem();
        own.GetProperty("displayName").GetString().ShouldBe("Owner team");
        own.GetProperty("options").ValueKind.ShouldBe(JsonValueKind.Object);
        return (made.GetProperty("name").GetString()!, own.GetProperty("name").GetString()!);
    }

    /// <summary>A body of type definitions with all six lists.</summary>
    public static string Wrapped(string list, JsonObject definition)
    {
        var body = new JsonObject();
        foreach (var name in (string[])["enumDefs", "structDefs", "classificationDefs", "entityDefs", "relationshipDefs", "businessMetadataDefs"])
        {
            body[name] = name == list ? new JsonArray(definition) : new JsonArray();
        }

        return body.ToJsonString();
    }

    /// <summary>The table as a read by guid shows it.</summary>
    public async Task<JsonElement> ReadAsync(string guid) =>
        (await client.AskAsync("GET", $"/api/meta/entity/guid/{guid}?minExtInfo=false&ignoreRelationships=true")).GetProperty("entity");

    /// <summary>The answer to a call that must have no body.</summary>
    public static void ShouldBeEmpty(HttpReply reply) =>
        (reply.Status, reply.Body.ValueKind).ShouldBe((204, JsonValueKind.Undefined));
}
