using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;
using Cartulary.Server.Endpoints.Glossaries;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers;

/// <summary>Glossaries, categories and terms in the form of Apache Atlas's glossary API. Sent back as a save they change nothing.</summary>
internal static class GlossaryAnswer
{
    /// <summary>Writes one as an object.</summary>
    public static void WriteOne(Utf8JsonWriter writer, AssetView view)
    {
        writer.WriteStartObject();
        WriteMembers(writer, view);
        writer.WriteEndObject();
    }

    /// <summary>Writes several as an array.</summary>
    public static void WriteMany(Utf8JsonWriter writer, IEnumerable<AssetView> views)
    {
        writer.WriteStartArray();
        foreach (var view in views)
        {
            WriteOne(writer, view);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes a glossary with its terms and categories, whole, by their guids.</summary>
    public static void WriteDetailed(Utf8JsonWriter writer, (AssetView Glossary, ImmutableArray<AssetView> Parts) answer)
    {
        writer.WriteStartObject();
        WriteMembers(writer, answer.Glossary);
        WriteInfo(writer, "termInfo", answer.Parts, GlossaryKind.Term);
        WriteInfo(writer, "categoryInfo", answer.Parts, GlossaryKind.Category);
        writer.WriteEndObject();
    }

    /// <summary>Writes edges as an array of headers.</summary>
    public static void WriteHeaders(Utf8JsonWriter writer, (AssetView View, IEnumerable<EdgeView> Edges) answer)
    {
        writer.WriteStartArray();
        foreach (var edge in answer.Edges)
        {
            WriteHeader(writer, edge, answer.View);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the edges of several relationship attributes as arrays of headers, by name.</summary>
    public static void WriteHeadersByName(Utf8JsonWriter writer, (AssetView View, IEnumerable<(string Name, IEnumerable<EdgeView> Edges)> Ends) answer)
    {
        writer.WriteStartObject();
        foreach (var (name, edges) in answer.Ends)
        {
            writer.WritePropertyName(name);
            WriteHeaders(writer, (answer.View, edges));
        }

        writer.WriteEndObject();
    }

    private static void WriteInfo(Utf8JsonWriter writer, string name, ImmutableArray<AssetView> parts, GlossaryKind kind)
    {
        writer.WriteStartObject(name);
        foreach (var part in parts.Where(part => part.Type.Is(kind.TypeName)))
        {
            writer.WritePropertyName(part.Asset.Guid.ToString("D"));
            WriteOne(writer, part);
        }

        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, AssetView view)
    {
        writer.WriteString("guid"u8, view.Asset.Guid);
        writer.WriteString("typeName"u8, view.Type.EncodedName);
        foreach (var (id, value) in view.Asset.State.Attributes)
        {
            writer.WritePropertyName(view.Registry.Attribute(id).EncodedName);
            ValueJson.Write(writer, value, view.Registry);
        }

        foreach (var end in view.Ends.GroupBy(end => end.End.Name, StringComparer.Ordinal))
        {
            WriteEnd(writer, view, end.First(), end.SelectMany(one => one.Edges).Where(edge => edge.Edge.IsLive).ToList());
        }

        if (!view.LeftOut.IsEmpty)
        {
            JsonTexts.Write(writer, "truncatedRelationshipAttributes"u8, view.LeftOut);
        }
    }

    private static void WriteEnd(Utf8JsonWriter writer, AssetView view, EndView end, List<EdgeView> edges)
    {
        if (end.End.IsMany)
        {
            writer.WritePropertyName(end.End.EncodedName);
            WriteHeaders(writer, (view, edges));
        }
        else if (edges.Count > 0)
        {
            writer.WritePropertyName(end.End.EncodedName);
            WriteHeader(writer, edges[0], view);
        }
    }

    private static void WriteHeader(Utf8JsonWriter writer, EdgeView edge, AssetView view)
    {
        if (GlossaryKind.All.FirstOrDefault(kind => edge.OtherType.Is(kind.TypeName)) is not { } kind)
        {
            RelationshipAnswer.WriteEdge(writer, edge, view.Registry);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(kind.GuidKey, edge.Other.Guid);
        writer.WriteString("relationGuid"u8, edge.Guid);
        writer.WriteString("displayText"u8, AssetNames.DisplayText(edge.Other.State, edge.OtherType) ?? "");
        foreach (var (id, value) in edge.Edge.Attributes.Attributes)
        {
            writer.WritePropertyName(view.Registry.Attribute(id).EncodedName);
            ValueJson.Write(writer, value, view.Registry);
        }

        writer.WriteEndObject();
    }
}
