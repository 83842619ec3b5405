using System.Text.Json;
using Cartulary.Core.Lineage;

namespace Cartulary.Server.Answers;

/// <summary>The answer to the call that shows a graph bit by bit.</summary>
internal static class LineageDemandAnswer
{
    private const LineageLimit TooMany = LineageLimit.Assets | LineageLimit.Edges;

    /// <summary>Writes it, with the request as it was sent.</summary>
    public static void Write(Utf8JsonWriter writer, LineageGraph graph, LineageGraphQuery query, JsonElement request)
    {
        writer.WriteStartObject();
        writer.WriteString("baseEntityGuid"u8, graph.Start);
        LineageHeader.WriteMap(writer, graph.Assets, query.Wishes);
        LineageGraphAnswer.WriteRelations(writer, graph.Relations);
        writer.WriteStartObject("relationsOnDemand"u8);
        foreach (var asset in graph.Assets)
        {
            WriteCounts(writer, asset.Asset.Guid, graph);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("lineageOnDemandPayload"u8);
        request.WriteTo(writer);
        writer.WriteBoolean("upstreamEntityLimitReached"u8, (graph.Upstream.Reached & TooMany) != LineageLimit.None);
        writer.WriteBoolean("downstreamEntityLimitReached"u8, (graph.Downstream.Reached & TooMany) != LineageLimit.None);
        LineageListAnswer.WriteReached(writer, graph.Reached);
        writer.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter writer, Guid guid, LineageGraph graph)
    {
        var (inputs, outputs) = (graph.Upstream.Counts.GetValueOrDefault(guid), graph.Downstream.Counts.GetValueOrDefault(guid));
        writer.WriteStartObject(guid.ToString("D"));
        writer.WriteBoolean("hasMoreInputs"u8, inputs.HasMore);
        writer.WriteBoolean("hasMoreOutputs"u8, outputs.HasMore);
        writer.WriteNumber("inputRelationsCount"u8, inputs.Taken);
        writer.WriteNumber("outputRelationsCount"u8, outputs.Taken);
        writer.WriteNumber("totalInputRelationsCount"u8, inputs.Total);
        writer.WriteNumber("totalOutputRelationsCount"u8, outputs.Total);
        writer.WriteBoolean("isInputRelationsReachedLimit"u8, inputs.HasMore);
        writer.WriteBoolean("isOutputRelationsReachedLimit"u8, outputs.HasMore);
        if (graph.Neighbours.TryGetValue(guid, out var neighbours))
        {
            writer.WriteBoolean("hasUpstream"u8, neighbours.Upstream);
            writer.WriteBoolean("hasDownstream"u8, neighbours.Downstream);
        }

        writer.WriteEndObject();
    }
}
