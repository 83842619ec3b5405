using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;
using Cartulary.Core.Types;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers;

/// <summary>An asset's relationships in its long form: live edges and suspended ones, marked as such.</summary>
internal static class RelationshipAnswer
{
    private const string Meanings = "meanings";

    /// <summary>Writes <c>relationshipAttributes</c>, the names of those left out, and <c>meanings</c>, into an asset that is open.</summary>
    public static void Write(Utf8JsonWriter writer, AssetView view)
    {
        writer.WriteStartObject("relationshipAttributes"u8);
        foreach (var group in view.Ends.GroupBy(end => end.End.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(group.First().End.EncodedName);
            WriteEnd(writer, [.. group], view.Registry);
        }

        writer.WriteEndObject();
        if (!view.LeftOut.IsEmpty)
        {
            JsonTexts.Write(writer, "truncatedRelationshipAttributes"u8, view.LeftOut);
        }

        MeaningAnswer.WriteList(writer, view.Ends.Where(end => end.End.Name == Meanings).SelectMany(end => end.Edges).Where(edge => edge.Edge.IsLive));
    }

    /// <summary>Several relationships may share a name; together they are one list.</summary>
    private static void WriteEnd(Utf8JsonWriter writer, ImmutableArray<EndView> ends, TypeRegistry registry)
    {
        var edges = ends.SelectMany(end => end.Edges);
        if (!ends.Any(end => end.End.IsMany))
        {
            WriteEdge(writer, edges.OrderByDescending(edge => edge.Edge.IsLive).First(), registry);
            return;
        }

        writer.WriteStartArray();
        foreach (var edge in edges)
        {
            WriteEdge(writer, edge, registry);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes one edge as an object, with the asset at its other end.</summary>
    public static void WriteEdge(Utf8JsonWriter writer, EdgeView view, TypeRegistry registry)
    {
        writer.WriteStartObject();
        WriteOther(writer, view);
        WriteRelationship(writer, view, registry);
        WriteAttributes(writer, view, registry);
        writer.WriteEndObject();
    }

    /// <summary>Writes which asset is at the other end, into an object that is open.</summary>
    public static void WriteOther(Utf8JsonWriter writer, EdgeView view)
    {
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
    }

    /// <summary>Writes which relationship leads there, into an object that is open.</summary>
    public static void WriteRelationship(Utf8JsonWriter writer, EdgeView view, TypeRegistry registry)
    {
        writer.WriteString("relationshipType"u8, registry.Relationship(view.Edge.RelationshipId).Name);
        writer.WriteString("relationshipGuid"u8, view.Guid);
        writer.WriteString("relationshipStatus"u8, view.Edge.IsLive ? "ACTIVE"u8 : "DELETED"u8);
    }

    /// <summary>Writes the attributes of the relationship, into an object that is open.</summary>
    public static void WriteAttributes(Utf8JsonWriter writer, EdgeView view, TypeRegistry registry)
    {
        writer.WriteStartObject("relationshipAttributes"u8);
        writer.WriteString("typeName"u8, registry.Relationship(view.Edge.RelationshipId).Name);
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
