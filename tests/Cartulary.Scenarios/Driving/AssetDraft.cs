using System.Text.Json.Nodes;

namespace Cartulary.Scenarios.Driving;

/// <summary>What a request says of one asset. Each method gives a new draft that says one thing more.</summary>
public sealed class AssetDraft
{
    private static readonly string[] ServerNamed =
        ["AtlasGlossary", "AtlasGlossaryTerm", "AtlasGlossaryCategory", "DataDomain", "DataProduct", "Collection", "Folder", "Query"];

    private readonly JsonObject _json;

    /// <summary>A draft that says its type and names.</summary>
    public AssetDraft(string typeName, string qualifiedName, string name)
        : this(new JsonObject
        {
            ["typeName"] = typeName,
            ["attributes"] = new JsonObject { ["qualifiedName"] = qualifiedName, ["name"] = name },
        })
    {
    }

    private AssetDraft(JsonObject json) => _json = json;

    /// <summary>The guid that the catalog has given it; empty before that.</summary>
    public string Guid { get; private init; } = "";

    public string TypeName => (string)_json["typeName"]!;

    public string QualifiedName => (string)_json["attributes"]!["qualifiedName"]!;

    public JsonObject Json => (JsonObject)_json.DeepClone();

    private bool IsServerNamed => ServerNamed.Contains(TypeName);

    /// <summary>How other assets refer to it: by guid where the server makes the names, else by type and qualified name.</summary>
    public JsonObject Reference => IsServerNamed
        ? GuidReference
        : new JsonObject { ["typeName"] = TypeName, ["uniqueAttributes"] = new JsonObject { ["qualifiedName"] = QualifiedName } };

    /// <summary>A reference by guid.</summary>
    public JsonObject GuidReference => new() { ["typeName"] = TypeName, ["guid"] = Guid };

    public AssetDraft With(string attribute, JsonNode? value) => Say("attributes", attribute, value);

    /// <summary>Says all ends of a relationship.</summary>
    public AssetDraft Linked(string end, params AssetDraft[] others) => Say("relationshipAttributes", end, References(others));

    /// <summary>Says the one end of a relationship.</summary>
    public AssetDraft In(string end, AssetDraft other) => Say("relationshipAttributes", end, other.Reference);

    public AssetDraft Relating(string end, JsonNode? value) => Say("relationshipAttributes", end, value);

    public AssetDraft Appending(string end, params AssetDraft[] others) => Say("appendRelationshipAttributes", end, References(others));

    public AssetDraft Removing(string end, params AssetDraft[] others) => Say("removeRelationshipAttributes", end, References(others));

    public AssetDraft Labelled(params string[] labels) => Set("labels", new JsonArray([.. labels.Select(label => JsonValue.Create(label))]));

    public AssetDraft Restored() => Set("status", "ACTIVE");

    public AssetDraft Of(string typeName) => Set("typeName", typeName);

    /// <summary>Says a guid: a real one, or a negative one that is good for the request.</summary>
    public AssetDraft ByGuid(string guid) => Set("guid", guid);

    public AssetDraft ByGuid() => Set("guid", Guid);

    public AssetDraft Set(string member, JsonNode? value) => Change(json => json[member] = value);

    public AssetDraft Without(string member) => Change(json => json.Remove(member));

    /// <summary>The draft of an asset that the catalog knows.</summary>
    public AssetDraft Known(string guid) => IsServerNamed
        ? new AssetDraft((JsonObject)ByGuid(guid)._json.DeepClone()) { Guid = guid }
        : new AssetDraft(Json) { Guid = guid };

    private static JsonArray References(IEnumerable<AssetDraft> others) => new([.. others.Select(other => other.Reference)]);

    private AssetDraft Say(string member, string key, JsonNode? value) => Change(json =>
    {
        var part = json[member] as JsonObject ?? [];
        json[member] = part;
        part[key] = value?.DeepClone();
    });

    private AssetDraft Change(Action<JsonObject> change)
    {
        var json = Json;
        change(json);
        return new AssetDraft(json) { Guid = Guid };
    }
}
