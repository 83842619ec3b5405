using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Lineage;
using Cartulary.Core.Query;
using Cartulary.Server.Endpoints.Lineage;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers;

/// <summary>The answer to <c>lineage/list</c>.</summary>
internal static class LineageListAnswer
{
    /// <summary>Writes it, with the request as it was sent.</summary>
    public static void Write(Utf8JsonWriter writer, LineageList list, LineageListQuery query, JsonElement request)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("entities"u8);
        foreach (var entity in list.Entities)
        {
            writer.WriteStartObject();
            LineageHeader.WriteMembers(writer, entity.View, query.Wishes);
            writer.WriteNumber("depth"u8, entity.Depth);
            WriteNeighbours(writer, "immediateUpstream"u8, entity.Upstream);
            WriteNeighbours(writer, "immediateDownstream"u8, entity.Downstream);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("hasMore"u8, list.HasMore);
        writer.WriteNumber("entityCount"u8, list.Entities.Length);
        WriteReached(writer, list.Reached);
        writer.WritePropertyName("searchParameters"u8);
        request.WriteTo(writer);
        writer.WriteEndObject();
    }

    /// <summary>Writes the names of the bounds that were reached, if any was.</summary>
    public static void WriteReached(Utf8JsonWriter writer, LineageLimit reached)
    {
        if (reached != LineageLimit.None)
        {
            JsonTexts.Write(writer, "reachedLimits"u8, LineageWords.Names(reached));
        }
    }

    private static void WriteNeighbours(Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<AssetView>? neighbours)
    {
        if (neighbours is not { } assets)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var asset in assets)
        {
            writer.WriteStartObject();
            writer.WriteString("guid"u8, asset.Asset.Guid);
            writer.WriteString("typeName"u8, asset.Type.EncodedName);
            writer.WriteString("qualifiedName"u8, AssetNames.QualifiedName(asset.Asset.State, asset.Type));
            writer.WriteString("name"u8, AssetNames.DisplayText(asset.Asset.State, asset.Type));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
