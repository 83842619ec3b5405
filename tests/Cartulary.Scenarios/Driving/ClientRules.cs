using System.Collections.Frozen;
using System.Text.Json;

namespace Cartulary.Scenarios.Driving;

/// <summary>
/// What the parsers of the Python clients need of every answer, whatever it is about: one bad asset makes them refuse a whole
/// page. Every answer to a scenario passes here.
/// </summary>
public static class ClientRules
{
    private static readonly FrozenSet<string> TagLists = FrozenSet.Create(
        StringComparer.Ordinal,
        "classifications", "classificationNames", "purposeClassifications", "addOrUpdateClassifications", "removeClassifications");

    private static readonly FrozenSet<string> TagMembers = FrozenSet.Create(
        StringComparer.Ordinal,
        "typeName", "entityGuid", "entityStatus", "displayName", "propagate", "removePropagationsOnEntityDelete",
        "restrictPropagationThroughLineage", "restrictPropagationThroughHierarchy", "validityPeriods", "attributes");

    private static readonly FrozenSet<string> Statuses =
        FrozenSet.Create(StringComparer.Ordinal, "status", "entityStatus", "relationshipStatus");

    private static readonly FrozenSet<string> Definitions = FrozenSet.Create(
        StringComparer.Ordinal,
        "enumDefs", "structDefs", "classificationDefs", "entityDefs", "relationshipDefs", "businessMetadataDefs", "attributeDefs",
        "relationshipAttributeDefs", "elementDefs");

    private static readonly FrozenSet<string> RelationshipMembers =
        FrozenSet.Create(StringComparer.Ordinal, "relationshipLabel", "relationshipCategory", "propagateTags");

    /// <summary>What our answers have besides, and only who asks for it gets: the clients' parsers do not look into it.</summary>
    private static readonly FrozenSet<string> OwnMembers = FrozenSet.Create(StringComparer.Ordinal, "receipts");

    /// <summary>Fails the test when an answer has what a client's parser refuses.</summary>
    public static void Check(HttpReply reply)
    {
        var text = reply.Body.ValueKind == JsonValueKind.Undefined ? "" : reply.Body.GetRawText();
        Faults(reply).ShouldBeEmpty($"{reply.Status} {(text.Length > 2_000 ? text[..2_000] : text)}");
    }

    /// <summary>All that a client's parser refuses in an answer.</summary>
    public static IReadOnlyList<string> Faults(HttpReply reply)
    {
        if (reply.Body.ValueKind == JsonValueKind.Undefined)
        {
            return reply.Status is 204 or 304 ? [] : [$"{reply.Status} without a body"];
        }

        var faults = new List<string>();
        if (reply.Status is not 200)
        {
            faults.AddRange(new[] { "errorCode", "errorMessage" }.Where(member => !IsText(reply.Body, member)).Select(member => $"no {member}"));
            if (reply.Status < 400)
            {
                faults.Add($"status {reply.Status}");
            }
        }

        Walk(reply.Body, "", faults);
        return faults;
    }

    private static void Walk(JsonElement value, string path, List<string> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    Walk(item, $"{path}[]", faults);
                }

                break;
            case JsonValueKind.Object:
                CheckObject(value, path, faults);
                foreach (var member in value.EnumerateObject().Where(member => !OwnMembers.Contains(member.Name)))
                {
                    CheckMember(member, $"{path}.{member.Name}", faults);
                    Walk(member.Value, $"{path}.{member.Name}", faults);
                }

                break;
        }
    }

    private static void CheckMember(JsonProperty member, string path, List<string> faults)
    {
        // At the top of an answer stands who changed each tag last, which these clients do not ask for.
        var isBlame = path == ".classifications" && member.Value.ValueKind == JsonValueKind.Object;
        if (!isBlame && (TagLists.Contains(member.Name) || Definitions.Contains(member.Name) || member.Name == "pendingTasks"))
        {
            Require(member.Value.ValueKind == JsonValueKind.Array, $"{path} is no list", faults);
        }

        if (RelationshipMembers.Contains(member.Name))
        {
            Require(member.Value.ValueKind == JsonValueKind.String, $"{path} is no text", faults);
        }

        if (member is { Name: "classifications", Value.ValueKind: JsonValueKind.Array })
        {
            var unknown = member.Value.EnumerateArray().SelectMany(tag => tag.EnumerateObject()).Where(part => !TagMembers.Contains(part.Name));
            faults.AddRange(unknown.Select(part => $"{path}[].{part.Name} is unknown"));
        }

        if (member is { Name: "attributeDefs", Value.ValueKind: JsonValueKind.Array })
        {
            var nulls = member.Value.EnumerateArray().SelectMany(definition => definition.EnumerateObject()).Where(part => part.Value.ValueKind == JsonValueKind.Null);
            faults.AddRange(nulls.Select(part => $"{path}[].{part.Name} is null"));
        }
    }

    private static void CheckObject(JsonElement value, string path, List<string> faults)
    {
        if (!IsText(value, "typeName") || !IsText(value, "guid"))
        {
            return;
        }

        // An object is who changed the status last, in answers of ours that these clients do not ask for.
        foreach (var status in value.EnumerateObject().Where(member => Statuses.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Object))
        {
            Require(status.Value.ValueEquals("ACTIVE") || status.Value.ValueEquals("DELETED"), $"{path}.{status.Name} is {status.Value}", faults);
        }

        if (value.TryGetProperty("attributes", out var attributes))
        {
            Require(attributes.ValueKind == JsonValueKind.Object, $"{path}.attributes is no object", faults);
        }

        if (attributes.ValueKind == JsonValueKind.Object)
        {
            faults.AddRange(attributes.EnumerateObject()
                .Where(attribute => attribute.Value.ValueKind == JsonValueKind.String && attribute.Value.ValueEquals(""))
                .Select(attribute => $"{path}.attributes.{attribute.Name} is empty"));
        }
    }

    private static bool IsText(JsonElement value, string member) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String && !text.ValueEquals("");

    private static void Require(bool holds, string fault, List<string> faults)
    {
        if (!holds)
        {
            faults.Add(fault);
        }
    }
}
