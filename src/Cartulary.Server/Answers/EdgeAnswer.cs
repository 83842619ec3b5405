using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;
using Cartulary.Core.Types;

namespace Cartulary.Server.Answers;

/// <summary>A relationship by itself, in the form of Apache Atlas.</summary>
internal static class EdgeAnswer
{
    /// <summary>Writes <c>{"relationship":{…},"referredEntities":{GUID:{…}}}</c>; without assets where they were not asked for.</summary>
    public static void WriteWithAssets(Utf8JsonWriter writer, (RelationshipView View, bool IsExtended) answer)
    {
        var (view, isExtended) = answer;
        writer.WriteStartObject();
        writer.WritePropertyName("relationship"u8);
        WriteOne(writer, view);
        writer.WriteStartObject("referredEntities"u8);
        foreach (var asset in isExtended ? new[] { view.End1, view.End2 } : [])
        {
            writer.WritePropertyName(asset.Guid.ToString("D"));
            AssetHeader.Of(asset, view.Registry.Entity(asset.TypeId), view.Registry).Write(writer);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes one relationship as an object.</summary>
    public static void WriteOne(Utf8JsonWriter writer, RelationshipView view)
    {
        writer.WriteStartObject();
        writer.WriteString("typeName"u8, view.Type.Name);
        writer.WriteStartObject("attributes"u8);
        foreach (var (id, value) in view.Edge.Attributes.Attributes)
        {
            writer.WritePropertyName(view.Registry.Attribute(id).EncodedName);
            ValueJson.Write(writer, value, view.Registry);
        }

        writer.WriteEndObject();
        writer.WriteString("guid"u8, view.Guid);
        WriteEnd(writer, "end1"u8, view.End1, view.Registry);
        WriteEnd(writer, "end2"u8, view.End2, view.Registry);
        writer.WriteString("propagateTags"u8, JsonNamingPolicy.SnakeCaseUpper.ConvertName(view.Type.Definition.PropagateTags.ToString()));
        writer.WriteString("status"u8, view.Edge.IsLive ? "ACTIVE"u8 : "DELETED"u8);
        writer.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter writer, ReadOnlySpan<byte> name, StoredAsset asset, TypeRegistry registry)
    {
        var type = registry.Entity(asset.TypeId);
        writer.WriteStartObject(name);
        writer.WriteString("guid"u8, asset.Guid);
        writer.WriteString("typeName"u8, type.EncodedName);
        writer.WriteStartObject("uniqueAttributes"u8);
        if (AssetNames.QualifiedName(asset.State, type) is { } qualifiedName)
        {
            writer.WriteString("qualifiedName"u8, qualifiedName);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
