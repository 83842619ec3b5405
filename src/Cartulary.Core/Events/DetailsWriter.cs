using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>Writes what an event changed: the values after (<c>mutatedDetails</c>) and before (<c>previousDetails</c>).</summary>
internal static class DetailsWriter
{
    private static readonly ImmutableSortedDictionary<string, string> NoHeaders = ImmutableSortedDictionary<string, string>.Empty;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>An asset as it is now, in the form in which its creation would have told it.</summary>
    public static ReadOnlyMemory<byte> WriteWhole(
        StoredAsset asset, TypeRegistry registry, ImmutableArray<LoggedAsset> others, ImmutableArray<EdgeDelta> edges)
    {
        var context = new CommitContext(Guid.Empty, asset.Updated.Actor, "", DeleteHandler: null, NoHeaders);
        var commit = new LoggedCommit(default, 0, 1, asset.Updated.Time, context, default);
        var numbers = new EventNumbers(asset.Id, asset.Version, 0);
        var named = new LoggedAsset(asset.Guid, asset.TypeId, "");
        var record = new LogRecord(EventKind.EntityCreate, named, numbers, asset.Status, new EventBody { Added = edges }, [], others);
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            WriteAfter(writer, new EventToRender(commit, 0, record, [record], asset.State, asset.Created, registry));
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes the value of <c>mutatedDetails</c>: a list of tags, an object of custom metadata, or the changed asset.</summary>
    public static void WriteMutated(Utf8JsonWriter writer, EventToRender source) => Write(writer, source, after: true);

    /// <summary>Writes the value of <c>previousDetails</c>, in the shape of <c>mutatedDetails</c>.</summary>
    public static void WritePrevious(Utf8JsonWriter writer, EventToRender source) => Write(writer, source, after: false);

    public static void WriteAfter(Utf8JsonWriter writer, EventToRender source)
    {
        var record = source.Record;
        writer.WriteString("typeName"u8, source.Type.EncodedName);
        WriteAttributes(writer, source, after: true);
        writer.WriteString("guid"u8, record.Asset.Guid);
        if (record.Kind == EventKind.EntityCreate || record.Body.Status is not null)
        {
            WriteStatus(writer, record.Status);
        }

        writer.WriteBoolean("isIncomplete"u8, false);
        writer.WriteNumber("provenanceType"u8, 0);
        writer.WriteString("updatedBy"u8, source.Commit.Context.Actor);
        writer.WriteNumber("updateTime"u8, source.Commit.Time);
        writer.WriteNumber("version"u8, record.Numbers.Version);
        writer.WriteBoolean("proxy"u8, false);
        if (record.Kind == EventKind.EntityCreate)
        {
            WriteLabels(writer, source.State.Labels, always: false);
            WriteCustomAttributes(writer, source.State.CustomAttributes, always: false);
            WriteFacets(writer, source, source.State.Tags);
            WriteDeltas(writer, "relationshipAttributes", source, record.Body.Added);
            return;
        }

        WriteLabels(writer, record.Body.Labels?.After ?? [], always: record.Body.Labels is not null);
        WriteCustomAttributes(writer, record.Body.CustomAttributes?.After, always: record.Body.CustomAttributes is not null);
        if (record.Kind == EventKind.EntityDelete)
        {
            WriteFacets(writer, source, TagsBefore(source));
        }

        WriteFacetChanges(writer, source, after: true);
        WriteWholeEnds(writer, source, after: true);
        WriteDeltas(writer, "addedRelationshipAttributes", source, record.Body.Added);
        WriteDeltas(writer, "removedRelationshipAttributes", source, record.Body.Removed);
        WriteEdgeChanges(writer, "updatedRelationshipAttributes", source, after: true);
    }

    public static void WriteBefore(Utf8JsonWriter writer, EventToRender source)
    {
        var body = source.Record.Body;
        writer.WriteString("typeName"u8, source.Type.EncodedName);
        WriteAttributes(writer, source, after: false);
        writer.WriteString("guid"u8, source.Record.Asset.Guid);
        if (body.Status is { } status)
        {
            WriteStatus(writer, status.Before);
        }

        WriteLabels(writer, body.Labels?.Before ?? [], always: body.Labels is not null);
        WriteCustomAttributes(writer, body.CustomAttributes?.Before, always: body.CustomAttributes is not null);
        WriteFacetChanges(writer, source, after: false);
        WriteWholeEnds(writer, source, after: false);
        WriteEdgeChanges(writer, "updatedRelationshipAttributes", source, after: false);
    }

    /// <summary>Writes a reference to an asset at the other end of an edge.</summary>
    public static void WriteReference(Utf8JsonWriter writer, EventToRender source, LoggedAsset asset, EndAttribute end, AssetState attributes)
    {
        writer.WriteStartObject();
        writer.WriteString("guid"u8, asset.Guid);
        writer.WriteString("typeName"u8, source.Registry.Entity(asset.TypeId).EncodedName);
        if (asset.QualifiedName.Length > 0)
        {
            writer.WriteStartObject("uniqueAttributes"u8);
            writer.WriteString("qualifiedName"u8, asset.QualifiedName);
            writer.WriteEndObject();
        }

        if (!attributes.Attributes.IsEmpty)
        {
            writer.WriteString("relationshipType"u8, end.Relationship.Name);
            writer.WriteStartObject("relationshipAttributes"u8);
            writer.WriteString("typeName"u8, end.Relationship.Name);
            writer.WriteStartObject("attributes"u8);
            foreach (var attribute in attributes.Attributes)
            {
                writer.WritePropertyName(source.Registry.Attribute(attribute.AttributeId).EncodedName);
                ValueJson.Write(writer, attribute.Value, source.Registry);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Edges by relationship attribute: one reference for a SINGLE end, a list for a SET end.</summary>
    public static void WriteDeltas(Utf8JsonWriter writer, string member, EventToRender source, ImmutableArray<EdgeDelta> deltas)
    {
        if (deltas.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject(member);
        foreach (var group in deltas.GroupBy(delta => EndOf(source, delta.RelationshipId, delta.Side)).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            WriteEnd(writer, source, group.Key, [.. group.Select(delta => (source.Record.References[delta.Other], delta.Attributes))]);
        }

        writer.WriteEndObject();
    }

    /// <summary>Edges that stay, with their own attributes before or after, in the same shape.</summary>
    public static void WriteEdgeChanges(Utf8JsonWriter writer, string member, EventToRender source, bool after)
    {
        var changes = source.Record.Body.Changed;
        if (changes.IsEmpty)
        {
            return;
        }

        writer.WriteStartObject(member);
        foreach (var group in changes.GroupBy(change => EndOf(source, change.RelationshipId, change.Side)).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            WriteEnd(writer, source, group.Key, [.. group.Select(change => (source.Record.References[change.Other], after ? change.After : change.Before))]);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, EventToRender source, bool after)
    {
        var body = source.Record.Body;
        if (source.Record.Kind.TellsTags())
        {
            writer.WriteStartArray();
            foreach (var change in body.Tags)
            {
                // A tag that is gone is told as it was.
                TagJson.Write(writer, (after ? change.After ?? change.Before : change.Before)!, source.Record.Status, source.Registry);
            }

            writer.WriteEndArray();
        }
        else if (source.Record.Kind == EventKind.BusinessAttributeUpdate)
        {
            WriteMetadata(writer, source, after);
        }
        else
        {
            writer.WriteStartObject();
            if (after)
            {
                WriteAfter(writer, source);
            }
            else
            {
                WriteBefore(writer, source);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteMetadata(Utf8JsonWriter writer, EventToRender source, bool after) =>
        MetadataJson.Write(writer, source.Record.Body.CustomMetadata.Select(change => (change.AttributeId, after ? change.After : change.Before)), source.Registry);

    /// <summary>Tags and custom metadata as a whole, where there are any.</summary>
    private static void WriteFacets(Utf8JsonWriter writer, EventToRender source, IReadOnlyCollection<AssetTag> tags)
    {
        if (tags.Count > 0)
        {
            TagJson.WriteList(writer, "classifications"u8, tags, source.Record.Status, source.Registry);
        }

        if (!source.State.CustomMetadata.IsEmpty)
        {
            writer.WritePropertyName("businessAttributes"u8);
            MetadataJson.Write(writer, source.State, source.Registry);
        }
    }

    /// <summary>
    /// What a comparison of two states found, where tags and custom metadata stand beside the rest: all tags of the one state,
    /// and the custom metadata that differs.
    /// </summary>
    private static void WriteFacetChanges(Utf8JsonWriter writer, EventToRender source, bool after)
    {
        var body = source.Record.Body;
        if (!body.Tags.IsEmpty)
        {
            TagJson.WriteList(writer, "classifications"u8, after ? source.State.Tags : TagsBefore(source), source.Record.Status, source.Registry);
        }

        if (!body.CustomMetadata.IsEmpty)
        {
            writer.WritePropertyName("businessAttributes"u8);
            WriteMetadata(writer, source, after);
        }
    }

    /// <summary>The asset's tags before the save: those of the state after it, without what the save's events tell of them.</summary>
    private static IReadOnlyCollection<AssetTag> TagsBefore(EventToRender source)
    {
        var tags = new SortedDictionary<TagKey, AssetTag>(source.State.Tags.ToDictionary(tag => tag.Key));
        foreach (var change in source.Records.Where(record => record.Asset.Guid == source.Record.Asset.Guid).SelectMany(record => record.Body.Tags))
        {
            tags.Remove(change.Key);
            if (change.Before is { } before)
            {
                tags.Add(change.Key, before);
            }
        }

        return tags.Values;
    }

    private static void WriteAttributes(Utf8JsonWriter writer, EventToRender source, bool after)
    {
        writer.WriteStartObject("attributes"u8);
        if (source.Record.Kind == EventKind.EntityCreate)
        {
            foreach (var attribute in source.State.Attributes)
            {
                writer.WritePropertyName(source.Registry.Attribute(attribute.AttributeId).EncodedName);
                ValueJson.Write(writer, attribute.Value, source.Registry);
            }
        }

        foreach (var change in source.Record.Body.Attributes)
        {
            writer.WritePropertyName(source.Registry.Attribute(change.AttributeId).EncodedName);
            if ((after ? change.After : change.Before) is { } value)
            {
                ValueJson.Write(writer, value, source.Registry);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteStatus(Utf8JsonWriter writer, AssetStatus status) =>
        writer.WriteString("status"u8, status == AssetStatus.Active ? "ACTIVE"u8 : "DELETED"u8);

    private static void WriteLabels(Utf8JsonWriter writer, ImmutableArray<string> labels, bool always)
    {
        if (labels.IsEmpty && !always)
        {
            return;
        }

        writer.WriteStartArray("labels"u8);
        foreach (var label in labels)
        {
            writer.WriteStringValue(label);
        }

        writer.WriteEndArray();
    }

    private static void WriteCustomAttributes(Utf8JsonWriter writer, ImmutableSortedDictionary<string, string>? custom, bool always)
    {
        if (custom is null or { IsEmpty: true } && !always)
        {
            return;
        }

        writer.WriteStartObject("customAttributes"u8);
        foreach (var (key, value) in custom ?? ImmutableSortedDictionary<string, string>.Empty)
        {
            writer.WriteString(key, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteEnd(Utf8JsonWriter writer, EventToRender source, EndAttribute end, ImmutableArray<(LoggedAsset Asset, AssetState Attributes)> members)
    {
        writer.WritePropertyName(end.EncodedName);
        if (!end.IsMany)
        {
            WriteReference(writer, source, members[^1].Asset, end, members[^1].Attributes);
            return;
        }

        writer.WriteStartArray();
        foreach (var (asset, attributes) in members)
        {
            WriteReference(writer, source, asset, end, attributes);
        }

        writer.WriteEndArray();
    }

    /// <summary>
    /// The ends that changed, whole: the one partner or null for a SINGLE end, the list for a SET end of up to 100 partners.
    /// </summary>
    private static void WriteWholeEnds(Utf8JsonWriter writer, EventToRender source, bool after)
    {
        var body = source.Record.Body;
        var ends = body.Added.Concat(body.Removed)
            .Select(delta => EndOf(source, delta.RelationshipId, delta.Side))
            .Distinct()
            .Select(end => (End: end, Members: MembersOf(source, end, after)))
            .Where(pair => pair.Members is not null)
            .OrderBy(pair => pair.End.Name, StringComparer.Ordinal)
            .ToList();
        if (ends.Count == 0)
        {
            return;
        }

        writer.WriteStartObject("relationshipAttributes"u8);
        foreach (var (end, members) in ends)
        {
            if (members!.Count == 0 && !end.IsMany)
            {
                writer.WriteNull(end.EncodedName);
            }
            else
            {
                WriteEnd(writer, source, end, [.. members.Select(member => (member, AssetState.Empty))]);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>The partners after or before the save; null when the list is too long to be told.</summary>
    private static List<LoggedAsset>? MembersOf(EventToRender source, EndAttribute end, bool after)
    {
        var record = source.Record;
        var added = Others(record, record.Body.Added, end);
        var removed = Others(record, record.Body.Removed, end);
        if (!end.IsMany)
        {
            return after ? added : removed;
        }

        var list = record.Lists.FirstOrDefault(list => list.RelationshipId == end.Relationship.Id && list.Side == end.Side);
        if (list is null)
        {
            return null;
        }

        return after ? [.. list.Members] : [.. list.Members.Where(member => added.TrueForAll(other => other.Guid != member.Guid)), .. removed];
    }

    private static List<LoggedAsset> Others(LogRecord record, ImmutableArray<EdgeDelta> deltas, EndAttribute end) =>
    [
        .. deltas.Where(delta => delta.RelationshipId == end.Relationship.Id && delta.Side == end.Side).Select(delta => record.References[delta.Other]),
    ];

    private static EndAttribute EndOf(EventToRender source, int relationshipId, EndSide side) => source.Registry.Relationship(relationshipId).End(side);
}
