using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;
using Cartulary.Server.Http;

namespace Cartulary.Server.Answers.Search;

/// <summary>An asset in the answer of a search: its short form, with the attributes and relationships that were asked for.</summary>
internal static class FoundAsset
{
    private const string CustomAttributes = "__customAttributes";

    /// <summary>Writes a list of them under the name <c>entities</c>; nothing when there is none, which is how clients see the end.</summary>
    public static void WriteAll(Utf8JsonWriter writer, AssetPage page, Shown shown)
    {
        if (page.Hits.IsEmpty)
        {
            return;
        }

        var metadata = shown.MetadataNames(page.Registry);
        writer.WriteStartArray("entities"u8);
        foreach (var hit in page.Hits)
        {
            Write(writer, hit, shown, metadata);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes one as an object.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="hit">The asset.</param>
    /// <param name="shown">What is told of it.</param>
    /// <param name="metadata">The names of the custom metadata that is told, by the numbers of its attributes.</param>
    public static void Write(Utf8JsonWriter writer, AssetHit hit, Shown shown, ImmutableDictionary<int, string> metadata)
    {
        var (asset, type, registry) = (hit.View.Asset, hit.View.Type, hit.View.Registry);
        writer.WriteStartObject();
        writer.WriteString("typeName"u8, type.EncodedName);
        WriteAttributes(writer, hit.View, shown, metadata);
        writer.WriteString("guid"u8, asset.Guid);
        writer.WriteString("status"u8, AssetNames.Status(asset.Status));
        if (AssetNames.DisplayText(asset.State, type) is { } text)
        {
            writer.WriteString("displayText"u8, text);
        }

        writer.WriteBoolean("isIncomplete"u8, false);
        AssetParts.WriteStamps(writer, asset.Created, asset.Updated);
        JsonTexts.Write(writer, "superTypeNames"u8, type.SuperTypeNames);
        JsonTexts.Write(writer, "labels"u8, asset.State.Labels);

        // Clients fail on null here, so these are lists or not there.
        if (shown.ClassificationNames)
        {
            TagJson.WriteNames(writer, "classificationNames"u8, asset.State.Tags, registry);
        }

        if (shown.Classifications)
        {
            TagJson.WriteList(writer, "classifications"u8, asset.State.Tags, asset.Status, registry);
        }

        if (shown.Wish.WithMeanings)
        {
            MeaningAnswer.Write(writer, hit.Meanings);
        }

        if (!hit.View.LeftOut.IsEmpty)
        {
            JsonTexts.Write(writer, "truncatedRelationshipAttributes"u8, hit.View.LeftOut);
        }

        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, AssetView view, Shown shown, ImmutableDictionary<int, string> metadata)
    {
        var (state, registry) = (view.Asset.State, view.Registry);
        writer.WriteStartObject("attributes"u8);
        foreach (var (id, value) in state.Attributes)
        {
            var attribute = registry.Attribute(id);
            if (attribute.Name is "name" or "qualifiedName" || shown.Wish.Attributes.Contains(attribute.Name))
            {
                writer.WritePropertyName(attribute.EncodedName);
                ValueJson.Write(writer, value, registry);
            }
        }

        foreach (var (id, value) in state.CustomMetadata)
        {
            if (metadata.TryGetValue(id, out var name))
            {
                writer.WritePropertyName(name);
                ValueJson.Write(writer, value, registry);
            }
        }

        foreach (var group in view.Ends.GroupBy(end => end.End.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(group.First().End.EncodedName);
            WriteEnds(writer, [.. group], registry, shown);
        }

        if (!state.CustomAttributes.IsEmpty && shown.Wish.Attributes.Contains(CustomAttributes))
        {
            writer.WriteString(CustomAttributes, CustomAttributesJson.Text(state));
        }

        writer.WriteEndObject();
    }

    /// <summary>Several relationships may share a name; together they are one list.</summary>
    private static void WriteEnds(Utf8JsonWriter writer, ImmutableArray<EndView> ends, TypeRegistry registry, Shown shown)
    {
        var edges = ends.SelectMany(end => end.Edges);
        if (!ends.Any(end => end.End.IsMany))
        {
            RelatedAsset.Write(writer, edges.OrderByDescending(edge => edge.Edge.IsLive).First(), registry, shown);
            return;
        }

        writer.WriteStartArray();
        foreach (var edge in edges)
        {
            RelatedAsset.Write(writer, edge, registry, shown);
        }

        writer.WriteEndArray();
    }
}
