using System.Collections.Immutable;
using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Query.Audit;

/// <summary>The order of entries: by the keys asked for, then as the log has them, the newest first unless a key of time says otherwise.</summary>
/// <param name="keys">The keys.</param>
internal sealed class AuditOrder(ImmutableArray<SearchSort> keys) : IComparer<AuditEntry>
{
    private readonly bool _oldestFirst = keys.FirstOrDefault(key => key.Field is { IsDate: true }) is { IsDescending: false };

    /// <summary>Whether time comes before all else, so that the log need be read no further than a page goes.</summary>
    public bool IsByTime { get; } = keys.IsEmpty || keys[0].Field is { IsDate: true };

    /// <summary>Whether time alone is asked for, so that entries of one time are in the order of the log.</summary>
    public bool IsByTimeAlone => keys.All(key => key.Field is { IsDate: true });

    /// <summary>Whether the oldest come first.</summary>
    public bool OldestFirst => _oldestFirst;

    /// <inheritdoc/>
    public int Compare(AuditEntry? x, AuditEntry? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        foreach (var key in keys)
        {
            var order = Compare(x, y, key.Field!);
            if (order != 0)
            {
                return key.IsDescending ? -order : order;
            }
        }

        var last = x.Sequence.CompareTo(y.Sequence);
        last = _oldestFirst ? last : -last;
        return last == 0 ? x.Part.CompareTo(y.Part) : last;
    }

    private static int Compare(AuditEntry x, AuditEntry y, SearchField field) =>
        field.IsDate ? x.Time.CompareTo(y.Time) : field == AuditFields.EntityId ? x.Asset.Guid.CompareTo(y.Asset.Guid) : string.CompareOrdinal(x.Text(field), y.Text(field));
}
