using System.Collections.Frozen;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>Decides from a log record, without rendering it, whether a reader wants the event.</summary>
internal sealed class FeedFilter
{
    private readonly FeedQuery _query;
    private readonly TypeRegistry _registry;
    private readonly FrozenSet<Guid> _guids;
    private readonly FrozenSet<string> _ignored;

    public FeedFilter(FeedQuery query, TypeRegistry registry)
    {
        _query = query;
        _registry = registry;
        _guids = query.Guids.ToFrozenSet();
        _ignored = query.IgnoreAttributes.ToFrozenSet(StringComparer.Ordinal);
    }

    public bool Matches(LogRecord record) =>
        (_query.Operations.IsEmpty || _query.Operations.Contains(OperationTypes.Of(record.Kind), StringComparer.Ordinal))
        && (_guids.Count == 0 || _guids.Contains(record.Asset.Guid))
        && (_query.TypeNames.IsEmpty || _query.TypeNames.Any(_registry.Entity(record.Asset.TypeId).Is))
        && (_query.QualifiedNamePrefix is not { } prefix || record.Asset.QualifiedName.StartsWith(prefix, StringComparison.Ordinal))
        && !IsIgnored(record);

    /// <summary>An update is passed over only when every change it tells is in an ignored attribute.</summary>
    private bool IsIgnored(LogRecord record) =>
        _ignored.Count > 0
        && record.Kind == EventKind.EntityUpdate
        && !record.Body.Attributes.IsEmpty
        && (record.Body with { Attributes = [] }).IsEmpty
        && record.Body.Attributes.All(change => _ignored.Contains(_registry.Attribute(change.AttributeId).Name));
}
