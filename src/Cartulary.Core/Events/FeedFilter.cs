using System.Collections.Frozen;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>
/// Decides from a log record, without rendering it, whether readers want the event. Readers with equal filters share one
/// object, which remembers its recent verdicts: at the head of the log each event is judged once, however many read there.
/// </summary>
internal sealed class FeedFilter
{
    private const int Remembered = 1_024;
    private const long Judged = 2;
    private const long Wanted = 1;
    private readonly FeedQuery _query;
    private readonly FrozenSet<string> _operations;
    private readonly FrozenSet<Guid> _guids;
    private readonly FrozenSet<string> _ignored;

    // One number holds a sequence and its verdict, so that it is read and written whole; null where everything is wanted.
    private readonly long[]? _verdicts;

    public FeedFilter(FeedQuery query)
    {
        _query = query;
        _operations = query.Operations.ToFrozenSet(StringComparer.Ordinal);
        _guids = query.Guids.ToFrozenSet();
        _ignored = query.IgnoreAttributes.ToFrozenSet(StringComparer.Ordinal);
        _verdicts = KeyOf(query).Length == 0 ? null : new long[Remembered];
    }

    /// <summary>Equal for queries that want the same events; empty where all are wanted.</summary>
    public static string KeyOf(FeedQuery query) =>
        query is
        {
            Operations.IsEmpty: true,
            TypeNames.IsEmpty: true,
            Guids.IsEmpty: true,
            QualifiedNamePrefix: null,
            IgnoreAttributes.IsEmpty: true,
            ExcludeActors.IsEmpty: true,
            ExcludeHeaders.IsEmpty: true,
        }
            ? ""
            : string.Join(
                '\u0001',
                string.Join(',', query.Operations.Order(StringComparer.Ordinal)),
                string.Join(',', query.TypeNames.Order(StringComparer.Ordinal)),
                string.Join(',', query.Guids.Order()),
                string.Join(',', query.IgnoreAttributes.Order(StringComparer.Ordinal)),
                string.Join('\u0002', query.ExcludeActors.Order(StringComparer.Ordinal)),
                string.Join('\u0002', query.ExcludeHeaders.Select(header => $"{header.Key}\u0003{header.Value}").Order(StringComparer.Ordinal)),
                query.QualifiedNamePrefix);

    /// <summary>Whether readers want an event of a commit.</summary>
    public bool Matches(CachedCommit commit, int index)
    {
        if (_verdicts is null)
        {
            return true;
        }

        var sequence = commit.First + index;
        ref var place = ref _verdicts[sequence % Remembered];
        var known = Volatile.Read(ref place);
        if (known >> 2 == sequence && (known & Judged) != 0)
        {
            return (known & Wanted) != 0;
        }

        var matches = !IsExcluded(commit.Commit.Context) && Judge(commit.Records[index], commit.Registry);
        Volatile.Write(ref place, (sequence << 2) | Judged | (matches ? Wanted : 0));
        return matches;
    }

    private bool Judge(LogRecord record, TypeRegistry registry) =>
        (_operations.Count == 0 || _operations.Contains(OperationTypes.Of(record.Kind)))
        && (_guids.Count == 0 || _guids.Contains(record.Asset.Guid))
        && (_query.TypeNames.IsEmpty || _query.TypeNames.Any(registry.Entity(record.Asset.TypeId).Is))
        && (_query.QualifiedNamePrefix is not { } prefix || record.Asset.QualifiedName.StartsWith(prefix, StringComparison.Ordinal))
        && !IsIgnored(record, registry);

    private bool IsExcluded(CommitContext context) =>
        _query.ExcludeActors.Contains(context.Actor)
        || _query.ExcludeHeaders.Any(excluded => context.Headers.Any(
            header => header.Key.Equals(excluded.Key, StringComparison.OrdinalIgnoreCase) && header.Value == excluded.Value));

    /// <summary>An update is passed over only when every change it tells is in an ignored attribute.</summary>
    private bool IsIgnored(LogRecord record, TypeRegistry registry) =>
        _ignored.Count > 0
        && record.Kind == EventKind.EntityUpdate
        && !record.Body.Attributes.IsEmpty
        && (record.Body with { Attributes = [] }).IsEmpty
        && record.Body.Attributes.All(change => _ignored.Contains(registry.Attribute(change.AttributeId).Name));
}
