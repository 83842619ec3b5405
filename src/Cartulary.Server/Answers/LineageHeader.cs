using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Lineage;
using Cartulary.Core.Query;
using Cartulary.Core.Types;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers;

/// <summary>The short form of an asset in answers about lineage: its names, and what was wished for.</summary>
internal static class LineageHeader
{
    private const string Meanings = "meanings";

    /// <summary>Writes it into an object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, AssetView view, LineageWishes wishes)
    {
        var asset = view.Asset;
        writer.WriteString("typeName"u8, view.Type.EncodedName);
        writer.WriteStartObject("attributes"u8);
        foreach (var name in wishes.Attributes.Append("name").Append("qualifiedName").Distinct(StringComparer.Ordinal))
        {
            WriteAttribute(writer, view, name, wishes.RelationAttributes);
        }

        writer.WriteEndObject();
        writer.WriteString("guid"u8, asset.Guid);
        writer.WriteString("status"u8, AssetNames.Status(asset.Status));
        if (AssetNames.DisplayText(asset.State, view.Type) is { } text)
        {
            writer.WriteString("displayText"u8, text);
        }

        writer.WriteBoolean("isIncomplete"u8, false);
        AssetParts.WriteStamps(writer, asset.Created, asset.Updated);
        JsonTexts.Write(writer, "superTypeNames"u8, view.Type.SuperTypeNames);
        JsonTexts.Write(writer, "labels"u8, asset.State.Labels);
        if (wishes.Classifications)
        {
            TagJson.WriteNames(writer, "classificationNames"u8, asset.State.Tags, view.Registry);
            TagJson.WriteList(writer, "classifications"u8, asset.State.Tags, asset.Status, view.Registry);
        }

        if (wishes.Meanings)
        {
            WriteMeanings(writer, view);
        }

        if (!view.LeftOut.IsEmpty)
        {
            JsonTexts.Write(writer, "truncatedRelationshipAttributes"u8, view.LeftOut);
        }
    }

    /// <summary>Writes assets as an object whose members are their guids.</summary>
    public static void WriteMap(Utf8JsonWriter writer, ImmutableArray<AssetView> assets, LineageWishes wishes)
    {
        writer.WriteStartObject("guidEntityMap"u8);
        foreach (var asset in assets)
        {
            writer.WriteStartObject(asset.Asset.Guid.ToString("D"));
            WriteMembers(writer, asset, wishes);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter writer, AssetView view, string name, ImmutableArray<string> relationAttributes)
    {
        if (view.Type.Attribute(name) is { } attribute)
        {
            if (view.Asset.State.Find(attribute.Id) is { } value)
            {
                writer.WritePropertyName(attribute.EncodedName);
                ValueJson.Write(writer, value, view.Registry);
            }

            return;
        }

        ImmutableArray<EndView> ends = [.. view.Ends.Where(end => end.End.Name == name)];
        if (!ends.IsEmpty)
        {
            writer.WritePropertyName(ends[0].End.EncodedName);
            WriteReferences(writer, ends, relationAttributes, view.Registry);
        }
        else
        {
            WriteCustomMetadata(writer, view, name);
        }
    }

    /// <summary>An attribute of custom metadata, asked for as its set's name and its own with a point between them.</summary>
    private static void WriteCustomMetadata(Utf8JsonWriter writer, AssetView view, string name)
    {
        if (name.Split('.') is [var set, var own] && view.Registry.FindBusinessMetadata(set)?.Attribute(own) is { } attribute)
        {
            foreach (var value in view.Asset.State.CustomMetadata.Where(value => value.AttributeId == attribute.Id))
            {
                writer.WritePropertyName(name);
                ValueJson.Write(writer, value.Value, view.Registry);
            }
        }
    }

    private static void WriteReferences(Utf8JsonWriter writer, ImmutableArray<EndView> ends, ImmutableArray<string> relationAttributes, TypeRegistry registry)
    {
        var isMany = ends.Any(end => end.End.IsMany);
        if (isMany)
        {
            writer.WriteStartArray();
        }

        foreach (var edge in ends.SelectMany(end => end.Edges).Take(isMany ? int.MaxValue : 1))
        {
            WriteReference(writer, edge, relationAttributes, registry);
        }

        if (isMany)
        {
            writer.WriteEndArray();
        }
    }

    private static void WriteReference(Utf8JsonWriter writer, EdgeView edge, ImmutableArray<string> relationAttributes, TypeRegistry registry)
    {
        writer.WriteStartObject();
        writer.WriteString("guid"u8, edge.Other.Guid);
        writer.WriteString("typeName"u8, edge.OtherType.EncodedName);
        writer.WriteString("entityStatus"u8, AssetNames.Status(edge.Other.Status));
        writer.WriteStartObject("uniqueAttributes"u8);
        if (AssetNames.QualifiedName(edge.Other.State, edge.OtherType) is { } qualifiedName)
        {
            writer.WriteString("qualifiedName"u8, qualifiedName);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("attributes"u8);
        foreach (var attribute in relationAttributes.Distinct(StringComparer.Ordinal).Select(edge.OtherType.Attribute).OfType<AssetAttribute>())
        {
            if (edge.Other.State.Find(attribute.Id) is { } value)
            {
                writer.WritePropertyName(attribute.EncodedName);
                ValueJson.Write(writer, value, registry);
            }
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteMeanings(Utf8JsonWriter writer, AssetView view)
    {
        ImmutableArray<EdgeView> terms = [.. view.Ends.Where(end => end.End.Name == Meanings).SelectMany(end => end.Edges)];
        JsonTexts.Write(writer, "meaningNames"u8, [.. terms.Select(term => AssetNames.DisplayText(term.Other.State, term.OtherType) ?? "")]);
        writer.WriteStartArray("meanings"u8);
        foreach (var term in terms)
        {
            writer.WriteStartObject();
            writer.WriteString("termGuid"u8, term.Other.Guid);
            writer.WriteString("relationGuid"u8, term.Guid);
            writer.WriteString("displayText"u8, AssetNames.DisplayText(term.Other.State, term.OtherType) ?? "");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
