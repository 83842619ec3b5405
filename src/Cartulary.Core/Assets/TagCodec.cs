using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Cartulary.Core.Assets;

/// <summary>The stored form of a tag, in states and in the log; the layout is in docs/formats/asset-state.md.</summary>
internal static class TagCodec
{
    [Flags]
    private enum Flags : byte
    {
        None = 0,
        Propagate = 1,
        RemovePropagationsOnEntityDelete = 2,
        RestrictPropagationThroughLineage = 4,
        RestrictPropagationThroughHierarchy = 8,
    }

    /// <summary>Writes one tag.</summary>
    /// <exception cref="ArgumentException">The tag's attributes are not in order.</exception>
    public static void Write(CanonicalWriter writer, AssetTag tag)
    {
        writer.WriteNumber((ulong)tag.TypeId);
        writer.WriteGuid(tag.Source);
        writer.WriteByte((byte)FlagsOf(tag));
        WriteValues(writer, tag.Attributes);
        writer.WriteNumber((ulong)tag.ValidityPeriods.Length);
        foreach (var period in tag.ValidityPeriods)
        {
            writer.WriteString(period.StartTime);
            writer.WriteString(period.EndTime);
            writer.WriteString(period.TimeZone);
        }
    }

    /// <summary>Reads one tag.</summary>
    public static AssetTag Read(ref CanonicalReader reader)
    {
        var (typeId, source, flags) = (reader.ReadCount(), reader.ReadGuid(), (Flags)reader.ReadByte());
        var attributes = ReadValues(ref reader);
        var periods = new TagValidity[reader.ReadCount()];
        for (var i = 0; i < periods.Length; i++)
        {
            periods[i] = new TagValidity(reader.ReadText(), reader.ReadText(), reader.ReadText());
        }

        return new AssetTag(typeId, source)
        {
            Propagate = flags.HasFlag(Flags.Propagate),
            RemovePropagationsOnEntityDelete = flags.HasFlag(Flags.RemovePropagationsOnEntityDelete),
            RestrictPropagationThroughLineage = flags.HasFlag(Flags.RestrictPropagationThroughLineage),
            RestrictPropagationThroughHierarchy = flags.HasFlag(Flags.RestrictPropagationThroughHierarchy),
            Attributes = attributes,
            ValidityPeriods = ImmutableCollectionsMarshal.AsImmutableArray(periods),
        };
    }

    /// <summary>Writes values by number, with their count before them.</summary>
    /// <exception cref="ArgumentException">They are not in order, or one is repeated.</exception>
    public static void WriteValues(CanonicalWriter writer, ImmutableArray<AttributeValue> values)
    {
        writer.WriteNumber((ulong)values.Length);
        var previous = -1;
        foreach (var (id, value) in values)
        {
            if (id <= previous)
            {
                throw new ArgumentException("Attributes must be in order, without repeats.", nameof(values));
            }

            previous = id;
            writer.WriteNumber((ulong)id);
            writer.WriteValue(value);
        }
    }

    /// <summary>Reads values by number; they are copied.</summary>
    public static ImmutableArray<AttributeValue> ReadValues(ref CanonicalReader reader)
    {
        var values = new AttributeValue[reader.ReadCount()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = new AttributeValue(reader.ReadCount(), new CanonicalValue(reader.ReadValue().ToArray()));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    private static Flags FlagsOf(AssetTag tag) =>
        (tag.Propagate ? Flags.Propagate : Flags.None)
        | (tag.RemovePropagationsOnEntityDelete ? Flags.RemovePropagationsOnEntityDelete : Flags.None)
        | (tag.RestrictPropagationThroughLineage ? Flags.RestrictPropagationThroughLineage : Flags.None)
        | (tag.RestrictPropagationThroughHierarchy ? Flags.RestrictPropagationThroughHierarchy : Flags.None);
}
