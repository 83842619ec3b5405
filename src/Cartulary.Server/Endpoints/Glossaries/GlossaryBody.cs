using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Save;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;
using Cartulary.Server.Http;

namespace Cartulary.Server.Endpoints.Glossaries;

/// <summary>
/// Reads bodies in the form of Apache Atlas's glossary API: says the same in the form of an asset, so that the save is the
/// one that every call leads to. What is null says nothing there.
/// </summary>
internal static class GlossaryBody
{
    private const string Assigned = "assignedEntities";

    /// <summary>What stands in the paths of a save and not in a body of this form.</summary>
    private static readonly string[] SaveParts =
        [$".appendRelationshipAttributes.{Assigned}", $".removeRelationshipAttributes.{Assigned}", ".relationshipAttributes", ".attributes"];

    /// <summary>Reads one glossary, category or term to create.</summary>
    public static ReadOutcome ReadNew(ReadOnlyMemory<byte> body, GlossaryKind kind, TypeRegistry registry, SaveLimits limits, bool notes) =>
        SaveRequestReader.ReadSingle(
            Rewrite(body, limits, (writer, root) => WriteNamed(writer, "entity", root, kind, registry)), registry, limits, notes);

    /// <summary>Reads several of a kind to create.</summary>
    public static ReadOutcome ReadMany(ReadOnlyMemory<byte> body, GlossaryKind kind, TypeRegistry registry, SaveLimits limits, bool notes) =>
        SaveRequestReader.ReadBulk(
            Rewrite(body, limits, (writer, root) =>
            {
                writer.WritePropertyName("entities");
                var number = 0;
                WriteAll(writer, root, item => WriteEntity(writer, item, ++number, kind, registry));
            }),
            registry,
            limits,
            notes);

    /// <summary>Reads what is to become of one that exists.</summary>
    public static ReadOutcome ReadChange(
        ReadOnlyMemory<byte> body, AssetSelector target, GlossaryKind kind, TypeRegistry registry, SaveLimits limits, bool notes) =>
        SaveRequestReader.ReadPartial(
            Rewrite(body, limits, (writer, root) => WriteNamed(writer, "entity", root, kind, registry)), target, registry, limits, notes);

    /// <summary>Reads the assets that a term is to be given to or taken from.</summary>
    public static ReadOutcome ReadAssignment(
        ReadOnlyMemory<byte> body, AssetSelector target, bool isAdded, TypeRegistry registry, SaveLimits limits, bool notes)
    {
        var end = registry.FindEntity(GlossaryKind.Term.TypeName)!.EndsNamed(Assigned)[0];
        return SaveRequestReader.ReadPartial(
            Rewrite(body, limits, (writer, root) =>
            {
                writer.WriteStartObject("entity");
                writer.WriteString("typeName", GlossaryKind.Term.TypeName);
                writer.WriteStartObject(isAdded ? "appendRelationshipAttributes" : "removeRelationshipAttributes");
                writer.WritePropertyName(Assigned);
                WriteAll(writer, root, item => WriteReference(writer, item, end));
                writer.WriteEndObject();
                writer.WriteEndObject();
            }),
            target,
            registry,
            limits,
            notes);
    }

    /// <summary>Where in a body of this form stands what a path of the save names.</summary>
    public static string Place(string path)
    {
        var place = path.StartsWith("entities", StringComparison.Ordinal) ? path["entities".Length..] : path.StartsWith("entity", StringComparison.Ordinal) ? path["entity".Length..] : path;
        foreach (var part in SaveParts)
        {
            place = place.Replace(part, "", StringComparison.Ordinal);
        }

        return place.TrimStart('.');
    }

    /// <summary>A body that is no JSON is left as it is: the reader of saves says what is wrong with it.</summary>
    private static ReadOnlyMemory<byte> Rewrite(ReadOnlyMemory<byte> body, SaveLimits limits, Action<Utf8JsonWriter, JsonElement> write)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = limits.JsonDepth });
            using var buffer = new PooledBuffer();
            using var writer = new Utf8JsonWriter(buffer);
            writer.WriteStartObject();
            write(writer, document.RootElement);
            writer.WriteEndObject();
            writer.Flush();
            return buffer.Written.ToArray();
        }
        catch (JsonException)
        {
            return body;
        }
    }

    private static void WriteNamed(Utf8JsonWriter writer, string name, JsonElement item, GlossaryKind kind, TypeRegistry registry)
    {
        writer.WritePropertyName(name);
        WriteEntity(writer, item, 1, kind, registry);
    }

    /// <summary>The guids of such a body say nothing: a new asset has none yet, and of any other the address says which is meant.</summary>
    private static void WriteEntity(Utf8JsonWriter writer, JsonElement item, int number, GlossaryKind kind, TypeRegistry registry)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            item.WriteTo(writer);
            return;
        }

        var type = registry.FindEntity(kind.TypeName)!;
        writer.WriteStartObject();
        writer.WriteString("typeName", kind.TypeName);
        writer.WriteString("guid", (-number).ToString(CultureInfo.InvariantCulture));
        foreach (var member in Said(item).Where(member => member.Name == "classifications"))
        {
            member.WriteTo(writer);
        }

        writer.WriteStartObject("attributes");
        foreach (var member in Said(item).Where(member => type.Attribute(member.Name) is not null))
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("relationshipAttributes");
        foreach (var member in Said(item).Where(member => type.Attribute(member.Name) is null && !type.EndsNamed(member.Name).IsEmpty))
        {
            writer.WritePropertyName(member.Name);
            WriteAll(writer, member.Value, reference => WriteReference(writer, reference, type.EndsNamed(member.Name)[0]));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static IEnumerable<JsonProperty> Said(JsonElement item) => item.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null);

    private static void WriteAll(Utf8JsonWriter writer, JsonElement value, Action<JsonElement> write)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            write(value);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in value.EnumerateArray())
        {
            write(item);
        }

        writer.WriteEndArray();
    }

    /// <summary>A header refers to its asset by a member of its own, and says beside it what the relationship says of itself.</summary>
    private static void WriteReference(Utf8JsonWriter writer, JsonElement reference, EndAttribute end)
    {
        var kind = reference.ValueKind == JsonValueKind.Object ? GlossaryKind.All.FirstOrDefault(kind => reference.TryGetProperty(kind.GuidKey, out _)) : null;
        if (kind is null)
        {
            reference.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WritePropertyName("guid");
        reference.GetProperty(kind.GuidKey).WriteTo(writer);
        writer.WriteString("typeName", kind.TypeName);
        writer.WriteString("relationshipType", end.Relationship.Name);
        writer.WriteStartObject("relationshipAttributes");
        writer.WriteString("typeName", end.Relationship.Name);
        writer.WriteStartObject("attributes");
        foreach (var member in Said(reference).Where(member => end.Relationship.Attribute(member.Name) is not null))
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
