using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers;

/// <summary>The long form of an asset. Sent back as a save it changes nothing.</summary>
internal static class AssetAnswer
{
    /// <summary>Writes the answer to a read of one asset.</summary>
    public static void WriteOne(Utf8JsonWriter writer, (AssetView View, bool WithEdges) answer)
    {
        WriteStart(writer);
        writer.WritePropertyName("entity"u8);
        Write(writer, answer.View, answer.WithEdges);
        writer.WriteEndObject();
    }

    /// <summary>Writes the answer to a read of several assets.</summary>
    public static void WriteMany(Utf8JsonWriter writer, (ImmutableArray<AssetView> Views, bool WithEdges) answer)
    {
        WriteStart(writer);
        writer.WriteStartArray("entities"u8);
        foreach (var view in answer.Views)
        {
            Write(writer, view, answer.WithEdges);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Writes an asset as an object.</summary>
    public static void Write(Utf8JsonWriter writer, AssetView view, bool withEdges)
    {
        var asset = view.Asset;
        writer.WriteStartObject();
        writer.WriteString("typeName"u8, view.Type.EncodedName);
        writer.WriteString("guid"u8, asset.Guid);
        writer.WriteString("status"u8, AssetNames.Status(asset.Status));
        writer.WriteBoolean("isIncomplete"u8, false);
        writer.WriteNumber("provenanceType"u8, 0);
        writer.WriteNumber("version"u8, asset.Version);
        AssetParts.WriteStamps(writer, asset.Created, asset.Updated);
        JsonTexts.Write(writer, "superTypeNames"u8, view.Type.SuperTypeNames);
        WriteAttributes(writer, view);
        if (withEdges)
        {
            RelationshipAnswer.Write(writer, view);
        }

        JsonTexts.Write(writer, "labels"u8, asset.State.Labels);
        writer.WriteStartObject("customAttributes"u8);
        foreach (var (key, value) in asset.State.CustomAttributes)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
        TagJson.WriteList(writer, "classifications"u8, asset.State.Tags, asset.Status, view.Registry);
        if (!view.PendingTags.IsEmpty)
        {
            JsonTexts.Write(writer, "pendingTasks"u8, view.PendingTags);
        }

        if (!asset.State.CustomMetadata.IsEmpty)
        {
            writer.WritePropertyName("businessAttributes"u8);
            MetadataJson.Write(writer, asset.State, view.Registry);
        }

        writer.WriteEndObject();
    }

    private static void WriteStart(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("referredEntities"u8);
        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, AssetView view)
    {
        writer.WriteStartObject("attributes"u8);
        foreach (var (id, value) in view.Asset.State.Attributes)
        {
            writer.WritePropertyName(view.Registry.Attribute(id).EncodedName);
            ValueJson.Write(writer, value, view.Registry);
        }

        writer.WriteEndObject();
    }
}
