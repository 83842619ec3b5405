using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cartulary.Scenarios.Driving;

/// <summary>Type definitions as texts that can be compared, though other tests make types at the same server.</summary>
public static class TypedefText
{
    /// <summary>A definition, or lists of them, without what relationships and custom metadata of other tests give to types meanwhile.</summary>
    public static string WithoutWhatOthersGive(JsonElement definitions)
    {
        var json = JsonNode.Parse(definitions.GetRawText())!.AsObject();
        var types = json["entityDefs"] is JsonArray made ? made.Select(type => type!.AsObject()) : [json];
        foreach (var type in types)
        {
            type.Remove("relationshipAttributeDefs");
            type.Remove("businessAttributeDefs");
            type.Remove("subTypes");
        }

        return json.ToJsonString();
    }
}
