using System.Text.Json;

namespace Cartulary.Simulation;

/// <summary>Compares the changes of a receipt with the two details of the event that it speaks of, member by member.</summary>
internal static class ReceiptDifference
{
    private static readonly string[] Values = ["status", "labels", "customAttributes"];

    public static void Check(JsonElement changes, ToldEvent told, string body)
    {
        var isCreation = told.Operation == "ENTITY_CREATE";
        Attributes(changes, "after").ShouldBe(ToldEvent.Attributes(told.After), ignoreOrder: true, body);
        Attributes(changes, "before").ShouldBe(
            isCreation ? ToldEvent.Attributes(told.After).Keys.ToDictionary(name => name, _ => "null", StringComparer.Ordinal) : ToldEvent.Attributes(told.Before!.Value),
            ignoreOrder: true,
            body);
        foreach (var member in Values)
        {
            Side(changes, member, "after").ShouldBe(Raw(told.After, member), body);
            if (!isCreation)
            {
                Side(changes, member, "before").ShouldBe(Raw(told.Before!.Value, member), body);
            }
        }

        Raw(changes, "addedRelationshipAttributes").ShouldBe(Raw(told.After, isCreation ? "relationshipAttributes" : "addedRelationshipAttributes"), body);
        Raw(changes, "removedRelationshipAttributes").ShouldBe(Raw(told.After, "removedRelationshipAttributes"), body);
        Side(changes, "updatedRelationshipAttributes", "after").ShouldBe(Raw(told.After, "updatedRelationshipAttributes"), body);
        Side(changes, "updatedRelationshipAttributes", "before").ShouldBe(told.Before is { } before ? Raw(before, "updatedRelationshipAttributes") : null, body);
    }

    private static Dictionary<string, string> Attributes(JsonElement changes, string side) => changes.TryGetProperty("attributes", out var attributes)
        ? attributes.EnumerateObject().ToDictionary(attribute => attribute.Name, attribute => attribute.Value.GetProperty(side).GetRawText(), StringComparer.Ordinal)
        : [];

    private static string? Side(JsonElement changes, string member, string side)
    {
        if (!changes.TryGetProperty(member, out var change))
        {
            return null;
        }

        change.EnumerateObject().Select(value => value.Name).ShouldBe(["before", "after"]);
        return Raw(change, side);
    }

    private static string? Raw(JsonElement owner, string member) => owner.TryGetProperty(member, out var value) ? value.GetRawText() : null;
}
