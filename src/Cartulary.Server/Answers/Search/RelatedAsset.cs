using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;
using Cartulary.Core.Types;

namespace Cartulary.Server.Answers.Search;

/// <summary>The asset at the other end of a relationship, as a search tells of it: a reference with the attributes that were asked for.</summary>
internal static class RelatedAsset
{
    /// <summary>Writes one as an object.</summary>
    public static void Write(Utf8JsonWriter writer, EdgeView view, TypeRegistry registry, Shown shown)
    {
        var relationship = registry.Relationship(view.Edge.RelationshipId);
        writer.WriteStartObject();
        writer.WriteString("guid"u8, view.Other.Guid);
        writer.WriteString("typeName"u8, view.OtherType.EncodedName);
        writer.WriteString("entityStatus"u8, AssetNames.Status(view.Other.Status));
        if (AssetNames.DisplayText(view.Other.State, view.OtherType) is { } text)
        {
            writer.WriteString("displayText"u8, text);
        }

        writer.WriteStartObject("uniqueAttributes"u8);
        if (AssetNames.QualifiedName(view.Other.State, view.OtherType) is { } qualifiedName)
        {
            writer.WriteString("qualifiedName"u8, qualifiedName);
        }

        writer.WriteEndObject();
        WriteAttributes(writer, view, registry, shown);
        writer.WriteString("relationshipType"u8, relationship.Name);
        writer.WriteString("relationshipGuid"u8, view.Guid);
        writer.WriteString("relationshipStatus"u8, view.Edge.IsLive ? "ACTIVE"u8 : "DELETED"u8);
        if (shown.EdgeAttributes)
        {
            WriteEdgeAttributes(writer, view, registry, relationship);
        }

        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, EdgeView view, TypeRegistry registry, Shown shown)
    {
        writer.WriteStartObject("attributes"u8);
        foreach (var (id, value) in view.Other.State.Attributes)
        {
            var attribute = registry.Attribute(id);
            if (shown.Wish.RelationAttributes.Contains(attribute.Name))
            {
                writer.WritePropertyName(attribute.EncodedName);
                ValueJson.Write(writer, value, registry);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteEdgeAttributes(Utf8JsonWriter writer, EdgeView view, TypeRegistry registry, RelationshipType relationship)
    {
        writer.WriteStartObject("relationshipAttributes"u8);
        writer.WriteString("typeName"u8, relationship.Name);
        writer.WriteStartObject("attributes"u8);
        foreach (var (id, value) in view.Edge.Attributes.Attributes)
        {
            writer.WritePropertyName(registry.Attribute(id).EncodedName);
            ValueJson.Write(writer, value, registry);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
