using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Query.Audit;

/// <summary>
/// Reads <c>{"dsl":{…}}</c>: query, sort, from, size and aggregations of terms (Atlan, "Audit search"). Whatever else a search can
/// ask is a problem that names it, lest an answer seem to do it.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="now">The moment that <c>now</c> means, epoch milliseconds.</param>
/// <param name="problems">Gets what is wrong.</param>
public sealed class AuditRequestReader(AuditLimits limits, long now, ProblemList problems)
{
    private const int SizeDefault = 10;
    private const int BucketsDefault = 10;
    private const int BucketsMax = 10_000;
    private const int AggregationsMax = 20;

    private readonly AuditQueryReader _queries = new(now, problems);

    /// <summary>Reads a search; of one asset only, unless <paramref name="asset"/> is null. What it gives means nothing when there are problems.</summary>
    public SearchRequest Read(JsonElement body, Guid? asset)
    {
        if (!body.TryGetProperty("dsl", out var dsl) || dsl.ValueKind != JsonValueKind.Object)
        {
            _queries.Refuse("dsl", "dsl must be an object");
            dsl = JsonElement.Parse("{}"u8);
        }

        SearchExpression query = new SearchExpression.Everything();
        ImmutableArray<SearchSort> sort = [];
        ImmutableArray<SearchAggregation> aggregations = [];
        var (from, size) = (0, Math.Min(SizeDefault, limits.PageEntries));
        foreach (var member in dsl.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            var path = $"dsl.{member.Name}";
            switch (member.Name)
            {
                case "query":
                    query = _queries.Read(member.Value, path);
                    break;
                case "sort":
                    sort = ReadSort(member.Value, path);
                    break;
                case "from":
                    from = ReadNumber(member.Value, path, limits.ScannedEvents);
                    break;
                case "size":
                    size = ReadNumber(member.Value, path, limits.PageEntries);
                    break;
                case "aggregations" or "aggs":
                    aggregations = ReadAggregations(member.Value, path);
                    break;
                case "track_total_hits":
                    break;
                default:
                    _queries.Unknown(path, $"the audit's searches do not take {member.Name}");
                    break;
            }
        }

        var one = asset is { } guid ? ImmutableArray.Create<SearchExpression>(new SearchExpression.OneOf(AuditFields.EntityId, [guid.ToString("D")], IgnoresCase: false)) : [];
        var expression = one.IsEmpty ? query : new SearchExpression.Group([], [.. one, query], [], [], AtLeast: 0);
        return new SearchRequest(expression, PostFilter: null, sort, from, size, After: [], aggregations);
    }

    private int ReadNumber(JsonElement json, string path, int max)
    {
        if (json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) && number >= 0 && number <= max)
        {
            return number;
        }

        _queries.Refuse(path, $"{path} must be a whole number from 0 to {max}");
        return 0;
    }

    /// <summary>Reads <c>[{FIELD: {"order": "asc"}}, {FIELD: "asc"}, FIELD]</c>.</summary>
    private ImmutableArray<SearchSort> ReadSort(JsonElement json, string path) => json.ValueKind == JsonValueKind.Array
        ? [.. json.EnumerateArray().Select((key, place) => ReadSortKey(key, $"{path}[{place}]")).OfType<SearchSort>()]
        : [.. new[] { ReadSortKey(json, path) }.OfType<SearchSort>()];

    private SearchSort? ReadSortKey(JsonElement json, string path)
    {
        var isDescending = false;
        var name = json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        if (json.ValueKind == JsonValueKind.Object && json.EnumerateObject().ToList() is [var key])
        {
            name = key.Name;
            isDescending = ReadOrder(key.Value, $"{path}.{key.Name}");
        }

        if (name is null)
        {
            _queries.Refuse(path, "a key of the order is the name of a field, or an object with one");
            return null;
        }

        return _queries.Field(name, $"{path}.{name}") is { } field ? new SearchSort(field, isDescending, MissingFirst: false) : null;
    }

    private bool ReadOrder(JsonElement json, string path)
    {
        var order = json;
        if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject().Where(member => member.Name is not ("order" or "unmapped_type")))
            {
                _queries.Unknown($"{path}.{member.Name}", $"the audit's order does not take {member.Name}");
            }

            if (!json.TryGetProperty("order", out order))
            {
                return false;
            }
        }

        if (order.ValueKind == JsonValueKind.String && order.GetString() is "asc" or "desc")
        {
            return order.GetString() == "desc";
        }

        _queries.Refuse(path, "an order is asc or desc");
        return false;
    }

    private ImmutableArray<SearchAggregation> ReadAggregations(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Count() > AggregationsMax)
        {
            _queries.Refuse(path, $"{path} must be an object with {AggregationsMax} members at most");
            return [];
        }

        return [.. json.EnumerateObject().Select(one => ReadAggregation(one, $"{path}.{one.Name}")).OfType<SearchAggregation>()];
    }

    private SearchAggregation.Terms? ReadAggregation(JsonProperty one, string path)
    {
        if (one.Value.ValueKind != JsonValueKind.Object || one.Value.EnumerateObject().ToList() is not [{ Name: "terms", Value.ValueKind: JsonValueKind.Object } terms])
        {
            _queries.Unknown(path, "the audit's aggregations are terms, with none inside them");
            return null;
        }

        SearchField? field = null;
        var (size, atLeast) = (BucketsDefault, 1);
        foreach (var member in terms.Value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            var place = $"{path}.terms.{member.Name}";
            switch (member.Name)
            {
                case "field" when member.Value.ValueKind == JsonValueKind.String:
                    field = _queries.Field(member.Value.GetString()!, place);
                    break;
                case "size":
                    size = ReadNumber(member.Value, place, BucketsMax);
                    break;
                case "min_doc_count":
                    atLeast = ReadNumber(member.Value, place, int.MaxValue);
                    break;
                default:
                    _queries.Unknown(place, $"the audit's terms do not take {member.Name} so");
                    break;
            }
        }

        if (field is null or { IsDate: true })
        {
            _queries.Unknown($"{path}.terms.field", "the audit's terms are of a text field");
            return null;
        }

        return new SearchAggregation.Terms(one.Name, field, size, atLeast, new SearchBucketOrder("_count", IsDescending: true), []);
    }
}
