using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Types.Changes;

/// <summary>
/// Reads one definition of a request. Clients send what their models hold: nulls for what is not said, numbers and booleans
/// where texts belong, and what only the server says. All that is smoothed here, before the definition is taken for what it is.
/// </summary>
internal static class TypeJsonReader
{
    private static readonly FrozenSet<string> ServerMembers = FrozenSet.Create(
        StringComparer.Ordinal,
        "guid", "category", "createdBy", "updatedBy", "createTime", "updateTime", "version", "removedBy", "removeTime", "subTypes", "relationshipAttributeDefs", "businessAttributeDefs");

    private static readonly ImmutableArray<string> Ends = ["endDef1", "endDef2"];

    private static readonly FrozenSet<string> Texts = FrozenSet.Create(
        StringComparer.Ordinal, "name", "typeName", "displayName", "description", "typeVersion", "serviceType", "defaultValue", "value");

    private static readonly FrozenSet<string> MapsOfTexts = FrozenSet.Create(
        StringComparer.Ordinal, "options", "params", "indexTypeESConfig", "indexTypeESMapping");

    /// <summary>The definition; null with a problem when it has not the shape of one.</summary>
    public static RequestedType? Read(TypeCategory category, JsonElement json, string path, ProblemList problems)
    {
        if (!FitsCategory(category, json, path, problems) || !HasEnds(category, json, path, problems))
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteDefinition(writer, json);
        }

        try
        {
            return new RequestedType(TypeDefJson.Deserialize(category, buffer.WrittenSpan), path)
            {
                Guid = Text(json, "guid") is { } text && System.Guid.TryParse(text, out var guid) ? guid : null,
                SharesDisplayName = json.TryGetProperty("skipDisplayNameUniquenessCheck"u8, out var skips) && skips.ValueKind == JsonValueKind.True,
            };
        }
        catch (JsonException problem)
        {
            var place = problem.Path is ['$', .. var inner] ? path + inner : path;
            problems.Add(new Problem(ErrorCodes.BadRequest, place, "the value is not of the kind that belongs here"));
            return null;
        }
    }

    private static bool FitsCategory(TypeCategory category, JsonElement json, string path, ProblemList problems)
    {
        var said = Text(json, "category");
        if (said is null || said.Replace("_", "", StringComparison.Ordinal).Equals(category.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        problems.Add(new Problem(ErrorCodes.InvalidCategory, $"{path}.category", $"Type Category {said} is invalid: a {category} is expected here"));
        return false;
    }

    private static bool HasEnds(TypeCategory category, JsonElement json, string path, ProblemList problems)
    {
        if (category != TypeCategory.Relationship)
        {
            return true;
        }

        string[] missing = [.. Ends.Where(end => !json.TryGetProperty(end, out var value) || value.ValueKind != JsonValueKind.Object)];
        foreach (var end in missing)
        {
            problems.Add(new Problem(ErrorCodes.MissingEnd, $"{path}.{end}", $"relationshipDef {Text(json, "name")} creation attempted without 2 ends"));
        }

        return missing.Length == 0;
    }

    private static string? Text(JsonElement json, string member) =>
        json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void WriteDefinition(Utf8JsonWriter writer, JsonElement json)
    {
        writer.WriteStartObject();
        WriteMissing(writer, json, "name");
        foreach (var member in json.EnumerateObject().Where(member => !ServerMembers.Contains(member.Name)))
        {
            switch (member.Name, member.Value.ValueKind)
            {
                case ("attributeDefs", JsonValueKind.Array):
                    WriteParts(writer, member, ["name", "typeName"]);
                    break;
                case ("elementDefs", JsonValueKind.Array):
                    WriteParts(writer, member, ["value"]);
                    break;
                case ("endDef1" or "endDef2", JsonValueKind.Object):
                    writer.WritePropertyName(member.Name);
                    WritePart(writer, member.Value, ["name", "type"]);
                    break;
                default:
                    WriteMember(writer, member);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter writer, JsonProperty member, ReadOnlySpan<string> needed)
    {
        writer.WriteStartArray(member.Name);
        foreach (var part in member.Value.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.Object)
            {
                WritePart(writer, part, needed);
            }
            else
            {
                part.WriteTo(writer);
            }
        }

        writer.WriteEndArray();
    }

    private static void WritePart(Utf8JsonWriter writer, JsonElement part, ReadOnlySpan<string> needed)
    {
        writer.WriteStartObject();
        foreach (var name in needed)
        {
            WriteMissing(writer, part, name);
        }

        foreach (var member in part.EnumerateObject())
        {
            WriteMember(writer, member);
        }

        writer.WriteEndObject();
    }

    /// <summary>An empty text for a name that is not given, so that it is told like an empty one, with all that is wrong beside it.</summary>
    private static void WriteMissing(Utf8JsonWriter writer, JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            writer.WriteString(name, "");
        }
    }

    private static void WriteMember(Utf8JsonWriter writer, JsonProperty member)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        writer.WritePropertyName(member.Name);
        if (MapsOfTexts.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object)
        {
            WriteTexts(writer, member.Value);
        }
        else if (Texts.Contains(member.Name) && member.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            writer.WriteStringValue(member.Value.GetRawText());
        }
        else if (member.Value.ValueKind == JsonValueKind.Array)
        {
            WriteItems(writer, member.Value);
        }
        else
        {
            member.Value.WriteTo(writer);
        }
    }

    private static void WriteItems(Utf8JsonWriter writer, JsonElement items)
    {
        writer.WriteStartArray();
        foreach (var item in items.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                WritePart(writer, item, []);
            }
            else
            {
                item.WriteTo(writer);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, JsonElement map)
    {
        writer.WriteStartObject();
        foreach (var entry in map.EnumerateObject().Where(entry => entry.Value.ValueKind != JsonValueKind.Null))
        {
            writer.WriteString(entry.Name, entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() : entry.Value.GetRawText());
        }

        writer.WriteEndObject();
    }
}
