using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Replay;

/// <summary>
/// The stored form of a <see cref="StoredAnswer"/>; the layout is in docs/formats/stored-answer.md. Whatever the commit's
/// events name is written as their place, so that a key costs one small row.
/// </summary>
internal static class StoredAnswerCodec
{
    private const byte Format = 1;

    /// <summary>
    /// Encodes what a save answers beside its events. The save's mutations are in the order of the events that stand for their
    /// assets.
    /// </summary>
    public static byte[] Encode(SaveSummary summary)
    {
        var places = new Dictionary<Guid, int>(summary.Mutations.Length);
        foreach (var mutation in summary.Mutations)
        {
            places.Add(mutation.Guid, places.Count);
        }

        var writer = new CanonicalWriter();
        writer.WriteByte(Format);
        writer.WriteNumber((ulong)summary.GuidAssignments.Length);
        foreach (var (given, real) in summary.GuidAssignments)
        {
            writer.WriteString(given);
            WriteAsset(writer, real, places);
        }

        var related = summary.Mutations.Select((mutation, place) => (mutation, place)).Where(pair => pair.mutation.IsRelated).Select(pair => pair.place).ToList();
        writer.WriteNumber((ulong)related.Count);
        foreach (var place in related)
        {
            writer.WriteNumber((ulong)place);
        }

        WriteListed(writer, summary.Listed, places);
        return writer.ToArray();
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="encoded">The stored form.</param>
    /// <param name="records">Those of the commit's events that stand for their assets.</param>
    /// <exception cref="InvalidDataException">The bytes are not an answer.</exception>
    public static StoredAnswer Decode(ReadOnlySpan<byte> encoded, ImmutableArray<LogRecord> records)
    {
        var reader = new CanonicalReader(encoded);
        if (reader.ReadByte() is not Format and var format)
        {
            throw new InvalidDataException($"A stored answer has the unknown format {format}.");
        }

        var assignments = new KeyValuePair<string, Guid>[reader.ReadCount()];
        for (var i = 0; i < assignments.Length; i++)
        {
            assignments[i] = new(reader.ReadText(), ReadAsset(ref reader, records));
        }

        var related = new HashSet<int>();
        for (var left = reader.ReadCount(); left > 0; left--)
        {
            related.Add(reader.ReadCount());
        }

        return new StoredAnswer([.. assignments], related, ReadListed(ref reader, records));
    }

    private static void WriteListed(CanonicalWriter writer, ImmutableArray<ListedAsset> listed, Dictionary<Guid, int> places)
    {
        var names = listed.SelectMany(asset => asset.Ignored.Concat(asset.Unknown)).Distinct(StringComparer.Ordinal).ToList();
        var numbers = names.Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);
        writer.WriteNumber((ulong)names.Count);
        foreach (var name in names)
        {
            writer.WriteString(name);
        }

        writer.WriteNumber((ulong)listed.Length);
        foreach (var asset in listed)
        {
            WriteAsset(writer, asset.Guid, places);
            writer.WriteNumber((ulong)asset.TypeId);
            writer.WriteString(places.ContainsKey(asset.Guid) ? "" : asset.QualifiedName);
            writer.WriteNumber((ulong)asset.Version);
            WriteNames(writer, asset.Ignored, numbers);
            WriteNames(writer, asset.Unknown, numbers);
        }
    }

    private static ImmutableArray<ListedAsset> ReadListed(ref CanonicalReader reader, ImmutableArray<LogRecord> records)
    {
        var names = new string[reader.ReadCount()];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = reader.ReadText();
        }

        var listed = new ListedAsset[reader.ReadCount()];
        for (var i = 0; i < listed.Length; i++)
        {
            listed[i] = new ListedAsset(
                ReadAsset(ref reader, records),
                reader.ReadCount(),
                reader.ReadText(),
                (long)reader.ReadNumber(),
                ReadNames(ref reader, names),
                ReadNames(ref reader, names));
        }

        return [.. listed];
    }

    /// <summary>An asset of an event is its place plus one; any other is zero and its guid.</summary>
    private static void WriteAsset(CanonicalWriter writer, Guid guid, Dictionary<Guid, int> places)
    {
        if (places.TryGetValue(guid, out var place))
        {
            writer.WriteNumber((ulong)place + 1);
            return;
        }

        writer.WriteNumber(0);
        writer.WriteGuid(guid);
    }

    private static Guid ReadAsset(ref CanonicalReader reader, ImmutableArray<LogRecord> records) =>
        reader.ReadCount() is > 0 and var place ? records[place - 1].Asset.Guid : reader.ReadGuid();

    private static void WriteNames(CanonicalWriter writer, ImmutableArray<string> own, Dictionary<string, int> numbers)
    {
        writer.WriteNumber((ulong)own.Length);
        foreach (var name in own)
        {
            writer.WriteNumber((ulong)numbers[name]);
        }
    }

    private static ImmutableArray<string> ReadNames(ref CanonicalReader reader, string[] names)
    {
        var own = new string[reader.ReadCount()];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = names[reader.ReadCount()];
        }

        return [.. own];
    }
}
