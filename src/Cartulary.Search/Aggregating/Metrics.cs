using Cartulary.Core.Query.Search;
using Cartulary.Search.Indexing;
using Lucene.Net.Util;

namespace Cartulary.Search.Aggregating;

/// <summary>Computes numbers over values. Sums do not depend on the order of the documents.</summary>
internal static class Metrics
{
    /// <summary>A number over the values that documents have of a field; null where there is none.</summary>
    public static double? Of(SearchMetric metric, DocumentSet documents, SearchField field)
    {
        var values = ValueCounts.Of(documents, field.Name);
        switch (metric)
        {
            case SearchMetric.ValueCount:
                return values.Sum(one => one.Count);
            case SearchMetric.Cardinality:
                return values.LongCount();
            case SearchMetric.Min:
                return values.Select(one => (double?)NumberOf(field.Kind, one.Value)).FirstOrDefault();
            case SearchMetric.Max:
                return values.Select(one => (double?)NumberOf(field.Kind, one.Value)).LastOrDefault();
            default:
                var (sum, count) = field.Kind == SearchFieldKind.Integer ? SumWhole(values) : SumAny(field.Kind, values);
                return count == 0 ? null : metric == SearchMetric.Sum ? sum : sum / count;
        }
    }

    private static (double Sum, long Count) SumWhole(IEnumerable<(BytesRef Value, long Count)> values)
    {
        var (sum, count) = (Int128.Zero, 0L);
        foreach (var (value, times) in values)
        {
            sum += (Int128)IndexValues.Long(value) * times;
            count += times;
        }

        return ((double)sum, count);
    }

    /// <summary>Keeps what each addition loses, and adds it at the end.</summary>
    private static (double Sum, long Count) SumAny(SearchFieldKind kind, IEnumerable<(BytesRef Value, long Count)> values)
    {
        var (sum, lost, count) = (0.0, 0.0, 0L);
        foreach (var (value, times) in values)
        {
            var term = NumberOf(kind, value) * times;
            var next = sum + term;
            lost += Math.Abs(sum) >= Math.Abs(term) ? sum - next + term : term - next + sum;
            sum = next;
            count += times;
        }

        return (sum + lost, count);
    }

    private static double NumberOf(SearchFieldKind kind, BytesRef value) => kind switch
    {
        SearchFieldKind.Integer => IndexValues.Long(value),
        SearchFieldKind.Decimal => NumericUtils.SortableInt64ToDouble(IndexValues.Long(value)),
        SearchFieldKind.Boolean => value.Utf8ToString() == "true" ? 1 : 0,
        _ => throw new ArgumentException($"Values of the kind {kind} are no numbers.", nameof(kind)),
    };
}
