using System.Buffers.Binary;
using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>The stored form of a commit's events, the same in every store; the layout is in docs/formats/log-record.md.</summary>
public static class CommitLog
{
    private const byte Format = 1;

    /// <summary>
    /// Encodes the events of a plan with their numbers. <paramref name="numbers"/> and <paramref name="lists"/> go by the
    /// plan's events; a list that was left out is simply absent. Empty when the plan has no events.
    /// </summary>
    public static byte[] Encode(CommitPlan plan, long time, IReadOnlyList<EventNumbers> numbers, IReadOnlyList<ImmutableArray<EndList>> lists)
    {
        if (plan.Events.IsEmpty)
        {
            return [];
        }

        var references = new ReferenceTable(plan.Subjects);
        var records = new CanonicalWriter();
        for (var i = 0; i < plan.Events.Length; i++)
        {
            WriteRecord(records, plan.Events[i], time, numbers[i], lists[i], references);
        }

        var writer = new CanonicalWriter();
        writer.WriteByte(Format);
        references.WriteTo(writer);
        writer.WriteNumber((ulong)plan.Events.Length);
        writer.WriteRaw(records.Written);
        return writer.ToArray();
    }

    /// <summary>Writes a commit's time at the given offsets.</summary>
    public static void Stamp(byte[] buffer, ImmutableArray<int> offsets, long time)
    {
        foreach (var offset in offsets)
        {
            BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(offset), time);
        }
    }

    /// <summary>Reads the events of a commit, in order.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a log.</exception>
    public static ImmutableArray<LogRecord> Decode(LoggedCommit commit)
    {
        if (commit.Log.IsEmpty)
        {
            return [];
        }

        var reader = Open(commit);
        var references = ReadReferences(ref reader);
        var records = new LogRecord[reader.ReadCount()];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = ReadRecord(ref reader, references);
        }

        return records.Length == commit.Count
            ? [.. records]
            : throw new InvalidDataException($"Commit {commit.Commit.Value} should hold {commit.Count} events and holds {records.Length}.");
    }

    /// <summary>
    /// Reads the events of one asset in a commit, with their places in it; none when the log was trimmed. Passes over the
    /// others without making anything of them.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not a log.</exception>
    public static ImmutableArray<(int Index, LogRecord Record)> DecodeOf(LoggedCommit commit, AssetId asset)
    {
        if (commit.Log.IsEmpty)
        {
            return [];
        }

        var reader = Open(commit);
        var table = reader;
        var found = ImmutableArray.CreateBuilder<(int, LogRecord)>();
        SkipReferences(ref reader);
        var count = reader.ReadCount();
        ImmutableArray<LoggedAsset> references = default;
        for (var i = 0; i < count; i++)
        {
            var start = reader;
            if (SkipRecord(ref reader) == asset)
            {
                references = references.IsDefault ? ReadReferences(ref table) : references;
                found.Add((i, ReadRecord(ref start, references)));
            }
        }

        return found.DrainToImmutable();
    }

    private static CanonicalReader Open(LoggedCommit commit)
    {
        var reader = new CanonicalReader(commit.Log.Span);
        return reader.ReadByte() is not Format and var format
            ? throw new InvalidDataException($"The log of commit {commit.Commit.Value} has the unknown format {format}.")
            : reader;
    }

    private static void WriteRecord(
        CanonicalWriter writer, PlannedEvent planned, long time, EventNumbers numbers, ImmutableArray<EndList> lists, ReferenceTable references)
    {
        Stamp(planned.Body, planned.TimePatches, time);
        writer.WriteNumber((ulong)planned.Subject);
        writer.WriteByte((byte)planned.Kind);
        writer.WriteByte((byte)planned.Status);
        writer.WriteNumber((ulong)numbers.Asset.Value);
        writer.WriteNumber((ulong)numbers.Version);
        writer.WriteNumber((ulong)numbers.Revision);
        writer.WriteBlock(planned.Body);
        writer.WriteNumber((ulong)lists.Length);
        foreach (var list in lists)
        {
            writer.WriteNumber((ulong)list.RelationshipId);
            writer.WriteByte((byte)list.Side);
            writer.WriteNumber((ulong)list.Members.Length);
            foreach (var member in list.Members)
            {
                writer.WriteNumber((ulong)references.PlaceOf(member));
            }
        }
    }

    private static LogRecord ReadRecord(ref CanonicalReader reader, ImmutableArray<LoggedAsset> references)
    {
        var asset = references[reader.ReadCount()];
        var kind = (EventKind)reader.ReadByte();
        var status = (AssetStatus)reader.ReadByte();
        var numbers = new EventNumbers(new AssetId((long)reader.ReadNumber()), (long)reader.ReadNumber(), (long)reader.ReadNumber());
        var body = EventBodyCodec.Decode(reader.ReadBlock());
        var lists = new EndList[reader.ReadCount()];
        for (var i = 0; i < lists.Length; i++)
        {
            var relationshipId = reader.ReadCount();
            var side = (EndSide)reader.ReadByte();
            var members = new LoggedAsset[reader.ReadCount()];
            for (var j = 0; j < members.Length; j++)
            {
                members[j] = references[reader.ReadCount()];
            }

            lists[i] = new EndList(relationshipId, side, [.. members]);
        }

        return new LogRecord(kind, asset, numbers, status, body, [.. lists], references);
    }

    /// <summary>Passes over a record and tells which asset it is about.</summary>
    private static AssetId SkipRecord(ref CanonicalReader reader)
    {
        reader.ReadNumber();
        reader.ReadRaw(2);
        var asset = new AssetId((long)reader.ReadNumber());
        reader.ReadNumber();
        reader.ReadNumber();
        reader.ReadBlock();
        for (var lists = reader.ReadCount(); lists > 0; lists--)
        {
            reader.ReadNumber();
            reader.ReadByte();
            for (var members = reader.ReadCount(); members > 0; members--)
            {
                reader.ReadNumber();
            }
        }

        return asset;
    }

    private static void SkipReferences(ref CanonicalReader reader)
    {
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            reader.ReadRaw(16);
            reader.ReadNumber();
            reader.ReadTextBytes();
        }
    }

    private static ImmutableArray<LoggedAsset> ReadReferences(ref CanonicalReader reader)
    {
        var references = new LoggedAsset[reader.ReadCount()];
        for (var i = 0; i < references.Length; i++)
        {
            references[i] = new LoggedAsset(reader.ReadGuid(), reader.ReadCount(), reader.ReadText());
        }

        return [.. references];
    }

    /// <summary>The subjects of the plan in their places, then whatever the lists name besides.</summary>
    private sealed class ReferenceTable
    {
        private readonly List<LoggedAsset> _assets;
        private readonly Dictionary<Guid, int> _places = [];

        public ReferenceTable(ImmutableArray<PlanSubject> subjects)
        {
            _assets = [.. subjects.Select(subject => new LoggedAsset(subject.Guid, subject.TypeId, subject.QualifiedName))];
            for (var i = 0; i < _assets.Count; i++)
            {
                _places[_assets[i].Guid] = i;
            }
        }

        public int PlaceOf(LoggedAsset asset)
        {
            if (!_places.TryGetValue(asset.Guid, out var place))
            {
                place = _assets.Count;
                _assets.Add(asset);
                _places.Add(asset.Guid, place);
            }

            return place;
        }

        public void WriteTo(CanonicalWriter writer)
        {
            writer.WriteNumber((ulong)_assets.Count);
            foreach (var asset in _assets)
            {
                writer.WriteGuid(asset.Guid);
                writer.WriteNumber((ulong)asset.TypeId);
                writer.WriteString(asset.QualifiedName);
            }
        }
    }
}
