using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Audit;

/// <summary>Writes what entries changed, in the forms that clients tell apart: an asset, a tag, or a set of custom metadata.</summary>
/// <param name="session">The session.</param>
/// <param name="registry">Its types.</param>
/// <param name="mostBytes">Most bytes in all.</param>
internal sealed class AuditDetails(IReadSession session, TypeRegistry registry, int mostBytes)
{
    private const int CommitsAtOnce = 16;

    // Beyond so many assets of one commit it is cheaper to decode all of it once than to pass over it for each.
    private const int AssetsApart = 8;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly CommitStamp Unshown = new("", 0);

    private long _bytes;

    /// <summary>The details of entries, by entry; null when they are more than may be sent at a time.</summary>
    public async ValueTask<Dictionary<AuditEntry, AuditRow>?> ReadAsync(ImmutableArray<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<AuditEntry, AuditRow>(entries.Length);
        foreach (var commits in entries.GroupBy(entry => entry.Commit).Chunk(CommitsAtOnce))
        {
            var logged = await session.CommitsAsync([.. commits.Select(commit => commit.Key)], cancellationToken);
            var records = commits.SelectMany(commit => Records(logged[commit.Key], [.. commit])).ToList();
            var whole = records.Where(item => item.Record.Kind is EventKind.EntityCreate or EventKind.EntityDelete);
            var states = await session.StatesAsync(whole.Select(item => item.Record.Numbers.Revision).ToHashSet(), cancellationToken);
            foreach (var (entry, record, own) in records)
            {
                rows[entry] = Render(entry, new EventToRender(
                    logged[entry.Commit], entry.Index, record, own, states.GetValueOrDefault(record.Numbers.Revision) ?? AssetState.Empty, Unshown, registry));
            }

            if (_bytes > mostBytes)
            {
                return null;
            }
        }

        return rows;
    }

    /// <summary>The events of entries of one commit, each with those of the same asset in that commit.</summary>
    private static IEnumerable<(AuditEntry Entry, LogRecord Record, IReadOnlyList<LogRecord> Own)> Records(LoggedCommit commit, ImmutableArray<AuditEntry> entries)
    {
        var assets = entries.Select(entry => entry.Id).ToHashSet();
        var found = assets.Count > AssetsApart
            ? CommitLog.Decode(commit).Select((record, index) => (index, record)).Where(item => assets.Contains(item.record.Numbers.Asset))
            : assets.SelectMany(asset => CommitLog.DecodeOf(commit, asset));
        var byIndex = found.ToDictionary();
        var byAsset = byIndex.Values.ToLookup(record => record.Numbers.Asset);
        return entries.Select(entry => (entry, byIndex[entry.Index], (IReadOnlyList<LogRecord>)[.. byAsset[entry.Id]]));
    }

    private AuditRow Render(AuditEntry entry, EventToRender source)
    {
        var hasPast = !IsOfTerm(entry, source) && source.Record.Kind is not (EventKind.EntityCreate or EventKind.ClassificationAdd or EventKind.ClassificationDelete);
        var detail = Write(writer => Write(writer, entry, source, after: true));
        var previous = hasPast ? Write(writer => Write(writer, entry, source, after: false)) : default;
        _bytes += detail.Length + previous.Length;
        return new AuditRow(entry, detail, previous, source.Commit.Context.Headers, Present: null);
    }

    private static void Write(Utf8JsonWriter writer, AuditEntry entry, EventToRender source, bool after)
    {
        var body = source.Record.Body;
        if (source.Record.Kind.TellsTags())
        {
            // A tag that is gone is told as it was.
            var change = body.Tags[entry.Part];
            TagJson.Write(writer, (after ? change.After ?? change.Before : change.Before)!, source.Record.Status, source.Registry);
            return;
        }

        writer.WriteStartObject();
        if (IsOfTerm(entry, source))
        {
            WriteTerm(writer, AuditEntries.Terms(source.Record, source.Registry).ElementAt(entry.Part - 1).Term, source.Registry);
        }
        else if (source.Record.Kind == EventKind.BusinessAttributeUpdate)
        {
            WriteSet(writer, AuditEntries.Sets(source.Record, source.Registry)[entry.Part], source.Registry, after);
        }
        else if (after)
        {
            DetailsWriter.WriteAfter(writer, source);
        }
        else
        {
            DetailsWriter.WriteBefore(writer, source);
        }

        writer.WriteEndObject();
    }

    private static bool IsOfTerm(AuditEntry entry, EventToRender source) =>
        entry.Part > 0 && source.Record.Kind is (EventKind.EntityCreate or EventKind.EntityUpdate or EventKind.EntityDelete);

    /// <summary>With its type, without which clients cannot read it.</summary>
    private static void WriteTerm(Utf8JsonWriter writer, LoggedAsset term, TypeRegistry registry)
    {
        writer.WriteString("typeName"u8, registry.Entity(term.TypeId).EncodedName);
        writer.WriteString("guid"u8, term.Guid);
        writer.WriteStartObject("attributes"u8);
        writer.WriteString("qualifiedName"u8, term.QualifiedName);
        writer.WriteEndObject();
    }

    /// <summary>Nothing but these two members: by them a client knows a set of custom metadata.</summary>
    private static void WriteSet(Utf8JsonWriter writer, IGrouping<string, AttributeChange> set, TypeRegistry registry, bool after)
    {
        writer.WriteString("typeName"u8, set.Key);
        writer.WriteStartObject("attributes"u8);
        foreach (var change in set.OrderBy(change => registry.Attribute(change.AttributeId).Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(registry.Attribute(change.AttributeId).EncodedName);
            if ((after ? change.After : change.Before) is { } value)
            {
                ValueJson.Write(writer, value, registry);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        writer.WriteEndObject();
    }

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }
}
