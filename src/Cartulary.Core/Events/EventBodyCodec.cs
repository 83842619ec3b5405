using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>The stored form of an <see cref="EventBody"/>; the layout is in docs/formats/log-record.md.</summary>
internal static class EventBodyCodec
{
    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Labels = 1,
        CustomAttributes = 2,
        Status = 4,
        Cause = 8,
        Tags = 16,
        CustomMetadata = 32,
    }

    /// <summary>Encodes a body and tells at which offsets the values of the given attributes hold a date to be written by the commit.</summary>
    public static (byte[] Encoded, ImmutableArray<int> TimePatches) Encode(EventBody body, IReadOnlySet<int> stampedAttributes)
    {
        var writer = new CanonicalWriter();
        var patches = ImmutableArray.CreateBuilder<int>();
        writer.WriteByte((byte)PartsOf(body));
        writer.WriteNumber((ulong)body.Attributes.Length);
        foreach (var change in body.Attributes)
        {
            WriteChange(writer, change);
            if (change.After is not null && stampedAttributes.Contains(change.AttributeId))
            {
                patches.Add(writer.Length - sizeof(long));
            }
        }

        WriteParts(writer, body);
        WriteDeltas(writer, body.Added);
        WriteDeltas(writer, body.Removed);
        writer.WriteNumber((ulong)body.Changed.Length);
        foreach (var change in body.Changed)
        {
            WriteEdge(writer, change.RelationshipId, change.Side, change.Other);
            WriteState(writer, change.Before);
            WriteState(writer, change.After);
        }

        return (writer.ToArray(), patches.ToImmutable());
    }

    /// <summary>
    /// Reads a body. A date that the commit gave may turn out to be the one that was there, when both commits fell into one
    /// millisecond: that is no change, and is left out here because the encoded body cannot know.
    /// </summary>
    public static EventBody Decode(ReadOnlySpan<byte> encoded)
    {
        var reader = new CanonicalReader(encoded);
        var parts = (Parts)reader.ReadByte();
        return new EventBody
        {
            Attributes = ReadAttributes(ref reader),
            Labels = parts.HasFlag(Parts.Labels) ? new(ReadTexts(ref reader), ReadTexts(ref reader)) : null,
            CustomAttributes = parts.HasFlag(Parts.CustomAttributes) ? new(ReadMap(ref reader), ReadMap(ref reader)) : null,
            Status = parts.HasFlag(Parts.Status) ? new((AssetStatus)reader.ReadByte(), (AssetStatus)reader.ReadByte()) : null,
            Cause = parts.HasFlag(Parts.Cause) ? new(reader.ReadCount(), reader.ReadCount()) : null,
            Tags = parts.HasFlag(Parts.Tags) ? ReadTags(ref reader) : [],
            CustomMetadata = parts.HasFlag(Parts.CustomMetadata) ? ReadAttributes(ref reader) : [],
            Added = ReadDeltas(ref reader),
            Removed = ReadDeltas(ref reader),
            Changed = ReadChanges(ref reader),
        };
    }

    private static Parts PartsOf(EventBody body) =>
        (body.Labels is null ? Parts.None : Parts.Labels)
        | (body.CustomAttributes is null ? Parts.None : Parts.CustomAttributes)
        | (body.Status is null ? Parts.None : Parts.Status)
        | (body.Cause is null ? Parts.None : Parts.Cause)
        | (body.Tags.IsEmpty ? Parts.None : Parts.Tags)
        | (body.CustomMetadata.IsEmpty ? Parts.None : Parts.CustomMetadata);

    private static void WriteParts(CanonicalWriter writer, EventBody body)
    {
        if (body.Labels is { } labels)
        {
            WriteTexts(writer, labels.Before);
            WriteTexts(writer, labels.After);
        }

        if (body.CustomAttributes is { } custom)
        {
            WriteMap(writer, custom.Before);
            WriteMap(writer, custom.After);
        }

        if (body.Status is { } status)
        {
            writer.WriteByte((byte)status.Before);
            writer.WriteByte((byte)status.After);
        }

        if (body.Cause is { } cause)
        {
            writer.WriteNumber((ulong)cause.EventIndex);
            writer.WriteNumber((ulong)cause.RelationshipId);
        }

        if (!body.Tags.IsEmpty)
        {
            WriteTags(writer, body.Tags);
        }

        if (!body.CustomMetadata.IsEmpty)
        {
            writer.WriteNumber((ulong)body.CustomMetadata.Length);
            foreach (var change in body.CustomMetadata)
            {
                WriteChange(writer, change);
            }
        }
    }

    private static void WriteChange(CanonicalWriter writer, AttributeChange change)
    {
        writer.WriteNumber((ulong)change.AttributeId);
        WriteOptional(writer, change.Before);
        WriteOptional(writer, change.After);
    }

    private static ImmutableArray<AttributeChange> ReadAttributes(ref CanonicalReader reader)
    {
        var count = reader.ReadCount();
        var attributes = ImmutableArray.CreateBuilder<AttributeChange>(count);
        for (var i = 0; i < count; i++)
        {
            var change = new AttributeChange(reader.ReadCount(), ReadOptional(ref reader), ReadOptional(ref reader));
            if (change.Before != change.After)
            {
                attributes.Add(change);
            }
        }

        return attributes.DrainToImmutable();
    }

    private static void WriteTags(CanonicalWriter writer, ImmutableArray<TagChange> tags)
    {
        writer.WriteNumber((ulong)tags.Length);
        foreach (var change in tags)
        {
            WriteOptional(writer, change.Before);
            WriteOptional(writer, change.After);
        }
    }

    private static ImmutableArray<TagChange> ReadTags(ref CanonicalReader reader)
    {
        var tags = new TagChange[reader.ReadCount()];
        for (var i = 0; i < tags.Length; i++)
        {
            tags[i] = new TagChange(ReadOptionalTag(ref reader), ReadOptionalTag(ref reader));
        }

        return [.. tags];
    }

    private static void WriteOptional(CanonicalWriter writer, AssetTag? tag)
    {
        writer.WriteByte((byte)(tag is null ? 0 : 1));
        if (tag is not null)
        {
            TagCodec.Write(writer, tag);
        }
    }

    private static AssetTag? ReadOptionalTag(ref CanonicalReader reader) => reader.ReadByte() == 0 ? null : TagCodec.Read(ref reader);

    private static void WriteOptional(CanonicalWriter writer, CanonicalValue? value)
    {
        writer.WriteByte((byte)(value is null ? 0 : 1));
        if (value is { } present)
        {
            writer.WriteValue(present);
        }
    }

    private static CanonicalValue? ReadOptional(ref CanonicalReader reader) =>
        reader.ReadByte() == 0 ? null : new CanonicalValue(reader.ReadValue().ToArray());

    private static void WriteTexts(CanonicalWriter writer, ImmutableArray<string> texts)
    {
        writer.WriteNumber((ulong)texts.Length);
        foreach (var text in texts)
        {
            writer.WriteString(text);
        }
    }

    private static ImmutableArray<string> ReadTexts(ref CanonicalReader reader)
    {
        var texts = new string[reader.ReadCount()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadText();
        }

        return [.. texts];
    }

    private static void WriteMap(CanonicalWriter writer, ImmutableSortedDictionary<string, string> map)
    {
        writer.WriteNumber((ulong)map.Count);
        foreach (var (key, value) in map)
        {
            writer.WriteString(key);
            writer.WriteString(value);
        }
    }

    private static ImmutableSortedDictionary<string, string> ReadMap(ref CanonicalReader reader)
    {
        var count = reader.ReadCount();
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            map.Add(reader.ReadText(), reader.ReadText());
        }

        return map.ToImmutable();
    }

    private static void WriteDeltas(CanonicalWriter writer, ImmutableArray<EdgeDelta> deltas)
    {
        writer.WriteNumber((ulong)deltas.Length);
        foreach (var delta in deltas)
        {
            WriteEdge(writer, delta.RelationshipId, delta.Side, delta.Other);
            WriteState(writer, delta.Attributes);
        }
    }

    private static ImmutableArray<EdgeDelta> ReadDeltas(ref CanonicalReader reader)
    {
        var deltas = new EdgeDelta[reader.ReadCount()];
        for (var i = 0; i < deltas.Length; i++)
        {
            deltas[i] = new EdgeDelta(reader.ReadCount(), (EndSide)reader.ReadByte(), reader.ReadCount(), ReadState(ref reader));
        }

        return [.. deltas];
    }

    private static ImmutableArray<EdgeAttributesChange> ReadChanges(ref CanonicalReader reader)
    {
        var changes = new EdgeAttributesChange[reader.ReadCount()];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = new EdgeAttributesChange(
                reader.ReadCount(), (EndSide)reader.ReadByte(), reader.ReadCount(), ReadState(ref reader), ReadState(ref reader));
        }

        return [.. changes];
    }

    private static void WriteEdge(CanonicalWriter writer, int relationshipId, EndSide side, int other)
    {
        writer.WriteNumber((ulong)relationshipId);
        writer.WriteByte((byte)side);
        writer.WriteNumber((ulong)other);
    }

    /// <summary>An empty state, the usual case, is written as nothing.</summary>
    private static void WriteState(CanonicalWriter writer, AssetState state) =>
        writer.WriteBlock(state.Equals(AssetState.Empty) ? [] : state.Encoded.Span);

    private static AssetState ReadState(ref CanonicalReader reader)
    {
        var block = reader.ReadBlock();
        return block.IsEmpty ? AssetState.Empty : AssetState.Decode(block.ToArray());
    }
}
