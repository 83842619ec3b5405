using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Lineage;
using Cartulary.Server.Endpoints.Lineage;

namespace Cartulary.Server.Answers;

/// <summary>The answer to the calls that give a graph around an asset.</summary>
internal static class LineageGraphAnswer
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter writer, LineageGraph graph, LineageGraphQuery query)
    {
        writer.WriteStartObject();
        writer.WriteString("baseEntityGuid"u8, graph.Start);
        writer.WriteString("lineageDirection"u8, LineageWords.Name(query.Direction));
        writer.WriteNumber("lineageDepth"u8, query.Depth == LineageQuery.Unbounded ? 0 : query.Depth);
        writer.WriteNumber("offset"u8, query.Page?.From ?? -1);
        writer.WriteNumber("limit"u8, query.Page?.Limit ?? -1);
        WriteRemaining(writer, "remainingUpstreamVertexCount"u8, graph.Upstream);
        WriteRemaining(writer, "remainingDownstreamVertexCount"u8, graph.Downstream);
        writer.WriteBoolean("hasMoreUpstreamVertices"u8, graph.Upstream.HasMore);
        writer.WriteBoolean("hasMoreDownstreamVertices"u8, graph.Downstream.HasMore);
        LineageHeader.WriteMap(writer, graph.Assets, query.Wishes);
        WriteRelations(writer, graph.Relations);
        writer.WriteStartObject("vertexChildrenInfo"u8);
        foreach (var (guid, (up, down)) in graph.Neighbours)
        {
            writer.WriteStartObject(guid.ToString("D"));
            writer.WriteBoolean("INPUT"u8, up);
            writer.WriteBoolean("OUTPUT"u8, down);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        LineageListAnswer.WriteReached(writer, graph.Reached);
        writer.WriteEndObject();
    }

    /// <summary>Writes relations as a list.</summary>
    public static void WriteRelations(Utf8JsonWriter writer, ImmutableArray<LineageRelation> relations)
    {
        writer.WriteStartArray("relations"u8);
        foreach (var relation in relations)
        {
            writer.WriteStartObject();
            writer.WriteString("fromEntityId"u8, relation.From);
            writer.WriteString("toEntityId"u8, relation.To);
            writer.WriteString("relationshipId"u8, relation.Relationship);
            if (relation.Process is { } process)
            {
                writer.WriteString("processId"u8, process);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRemaining(Utf8JsonWriter writer, ReadOnlySpan<byte> name, LineageSide side)
    {
        if (side.Remaining is { } remaining)
        {
            writer.WriteNumber(name, remaining);
        }
    }
}
