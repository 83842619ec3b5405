using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Reads the aggregations of one level.</summary>
internal sealed class AggregationReader
{
    private static readonly ImmutableArray<(string Kind, SearchMetric Of, AggregationKind Shown)> Metrics =
    [
        ("min", SearchMetric.Min, AggregationKind.Number),
        ("max", SearchMetric.Max, AggregationKind.Number),
        ("avg", SearchMetric.Average, AggregationKind.Number),
        ("sum", SearchMetric.Sum, AggregationKind.Count),
        ("value_count", SearchMetric.ValueCount, AggregationKind.Count),
        ("cardinality", SearchMetric.Cardinality, AggregationKind.Count),
    ];

    private static readonly ImmutableArray<string> BucketKinds = ["terms", "filter", "filters", "missing", "range", "date_range", "date_histogram"];

    private readonly DslScope _scope;
    private readonly int _depth;
    private readonly ImmutableArray<SearchAggregation>.Builder _computed = ImmutableArray.CreateBuilder<SearchAggregation>();
    private readonly ImmutableArray<AggregationPlan>.Builder _plans = ImmutableArray.CreateBuilder<AggregationPlan>();

    private AggregationReader(DslScope scope, int depth)
    {
        _scope = scope;
        _depth = depth;
    }

    /// <summary>Reads the members <c>aggregations</c> or <c>aggs</c> of an object.</summary>
    public static AggregationLevel Take(DslScope scope, DslObject options, int depth)
    {
        var has = options.TryTake("aggregations", out var json);
        var hasShort = options.TryTake("aggs", out var other);
        if (has && hasShort)
        {
            scope.Refuse(options.At("aggs"), "aggregations and aggs are the same; one of both is enough");
        }

        return has || hasShort
            ? new AggregationReader(scope, depth).Read(has ? json : other, options.At(has ? "aggregations" : "aggs"))
            : AggregationLevel.Empty;
    }

    private AggregationLevel Read(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            _scope.Refuse(path, "aggregations must be an object");
            return AggregationLevel.Empty;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (!_scope.TryEnter($"{path}.{member.Name}", _depth))
            {
                break;
            }

            ReadOne(member.Name, member.Value, $"{path}.{member.Name}");
        }

        return new AggregationLevel(_computed.ToImmutable(), _plans.ToImmutable());
    }

    private void ReadOne(string name, JsonElement json, string path)
    {
        if (DslObject.Open(_scope, json, path, "an aggregation") is not { } outer)
        {
            return;
        }

        var inner = Take(_scope, outer, _depth + 1);
        if (outer.TakeField() is not { } kind || DslObject.Open(_scope, kind.Value, outer.At(kind.Name), kind.Name) is not { } options)
        {
            return;
        }

        if (!inner.Plans.IsEmpty && !BucketKinds.Contains(kind.Name))
        {
            _scope.Refuse(path, $"an aggregation of the kind {kind.Name} has no inner ones");
        }

        switch (kind.Name)
        {
            case "terms":
                AddTerms(name, options, inner);
                break;
            case "date_histogram":
                AddHistogram(name, options, inner);
                break;
            case "filter":
                AddFilter(name, QueryReader.Read(_scope, kind.Value, options.Path, _depth + 1), inner);
                return;
            case "missing":
                AddFilter(name, Field(options) is { } field ? new SearchExpression.Group([], [], [], [new SearchExpression.Exists(field)], 0) : new SearchExpression.Everything(), inner);
                break;
            case "filters":
                AddFilters(name, options, inner);
                break;
            case "range" or "date_range":
                AddRanges(name, options, inner, isDate: kind.Name == "date_range");
                break;
            case "stats":
                AddStats(name, options);
                break;
            case "top_hits":
                AddTopHits(name, options);
                break;
            default:
                AddMetric(name, kind.Name, options);
                break;
        }

        options.End();
    }

    private void AddTerms(string name, DslObject options, AggregationLevel inner)
    {
        var size = options.Whole("size", 10, 1, int.MaxValue);
        if (size > _scope.Limits.Buckets)
        {
            _scope.Refuse(options.At("size"), $"an aggregation has at most {_scope.Limits.Buckets} buckets, not {size}");
        }

        var least = options.Whole("min_doc_count", 1, 0, int.MaxValue);
        if (least == 0)
        {
            _scope.Refuse(options.At("min_doc_count"), "buckets without assets are not told; min_doc_count must be 1 or more");
        }

        var order = options.TryTake("order", out var value)
            ? BucketOrderReader.Read(_scope, value, options.At("order"), inner)
            : BucketOrderReader.Default;
        var (isIncluded, isExcluded) = (options.TryTake("include", out var include), options.TryTake("exclude", out var exclude));
        options.Pass("shard_size", "shard_min_doc_count", "execution_hint", "collect_mode");
        options.Only("show_term_doc_count_error", "false");
        var field = Field(options);
        if (field?.Kind == SearchFieldKind.Text)
        {
            _scope.Refuse(options.At("field"), $"{field.Name} has words, which have no buckets; use a keyword field, such as {field.Name}.keyword");
        }

        if (field is null)
        {
            Add(name, AggregationKind.Terms, field, inner, null);
            return;
        }

        Add(name, AggregationKind.Terms, field, inner, new SearchAggregation.Terms(name, field, size, least, order, inner.Computed)
        {
            Include = isIncluded ? ValueChoiceReader.Read(_scope, field, include, options.At("include")) : null,
            Exclude = isExcluded ? ValueChoiceReader.Read(_scope, field, exclude, options.At("exclude")) : null,
        });
    }

    private void AddHistogram(string name, DslObject options, AggregationLevel inner)
    {
        var interval = IntervalReader.Take(_scope, options);
        var least = options.Whole("min_doc_count", 0, 0, int.MaxValue);
        options.Only("time_zone", "UTC", "Z", "+00:00", "Etc/UTC");
        options.Only("keyed", "false");
        options.Only("format", "strict_date_optional_time", "date_time", "strict_date_time", "yyyy-MM-dd'T'HH:mm:ss.SSSX");
        var field = Field(options);
        if (field is { IsDate: false })
        {
            _scope.Refuse(options.At("field"), $"{field.Name} has no times");
        }

        Add(
            name,
            AggregationKind.DateHistogram,
            field,
            inner,
            field is null || interval is null ? null : new SearchAggregation.DateHistogram(name, field, interval, least, inner.Computed));
    }

    private void AddFilter(string name, SearchExpression? expression, AggregationLevel inner)
    {
        if (expression is not null)
        {
            Add(name, AggregationKind.Single, null, inner, new SearchAggregation.Filter(name, expression, inner.Computed));
        }
    }

    private void AddFilters(string name, DslObject options, AggregationLevel inner)
    {
        options.Only("other_bucket", "false");
        if (!options.TryNeed("filters", out var filters))
        {
            return;
        }

        var at = options.At("filters");
        var isNamed = filters.ValueKind == JsonValueKind.Object;
        if (!isNamed && filters.ValueKind != JsonValueKind.Array)
        {
            _scope.Refuse(at, "filters must be an object or a list");
            return;
        }

        var parts = isNamed
            ? filters.EnumerateObject().Select(one => (Key: one.Name, Read: QueryReader.Read(_scope, one.Value, $"{at}.{one.Name}", _depth + 1))).ToList()
            : [.. filters.EnumerateArray().Select((one, index) => (Key: "", Read: QueryReader.Read(_scope, one, $"{at}[{index}]", _depth + 1)))];
        var first = _computed.Count;
        foreach (var (_, expression) in parts)
        {
            _computed.Add(new SearchAggregation.Filter(name, expression ?? new SearchExpression.Nothing(), inner.Computed));
        }

        _plans.Add(new AggregationPlan(name, isNamed ? AggregationKind.Named : AggregationKind.Listed, first, inner.Plans) { Keys = [.. parts.Select(part => part.Key)] });
    }

    private void AddRanges(string name, DslObject options, AggregationLevel inner, bool isDate)
    {
        options.Only("keyed", "false");
        options.Only("time_zone", "UTC", "Z", "+00:00", "Etc/UTC");
        options.Only("format", "strict_date_optional_time", "epoch_millis", "date_time", "yyyy-MM-dd");
        var field = Field(options);
        if (field is not null && (isDate ? !field.IsDate : field.Kind is not (SearchFieldKind.Integer or SearchFieldKind.Decimal)))
        {
            _scope.Refuse(options.At("field"), $"{field.Name} has no {(isDate ? "times" : "numbers")}");
        }

        if (!options.TryNeed("ranges", out var ranges))
        {
            return;
        }

        if (ranges.ValueKind != JsonValueKind.Array)
        {
            _scope.Refuse(options.At("ranges"), "ranges must be a list");
            return;
        }

        var parts = ranges.EnumerateArray().Select((one, index) => RangeBucket.Read(_scope, field, one, $"{options.At("ranges")}[{index}]", isDate)).OfType<RangeBucket>()
            .OrderBy(part => part.From ?? double.NegativeInfinity).ThenBy(part => part.To ?? double.PositiveInfinity).ToList();
        var first = _computed.Count;
        foreach (var part in parts)
        {
            _computed.Add(new SearchAggregation.Filter(name, part.Expression, inner.Computed));
        }

        _plans.Add(new AggregationPlan(name, AggregationKind.Ranges, first, inner.Plans)
        {
            Keys = [.. parts.Select(part => part.Key)],
            Bounds = [.. parts.Select(part => (part.From, part.To))],
            Field = field ?? new SearchField(name, SearchFieldKind.Integer, isDate),
        });
    }

    private void AddStats(string name, DslObject options)
    {
        var field = Number(options, "stats");
        _plans.Add(new AggregationPlan(name, AggregationKind.Stats, field is null ? -1 : _computed.Count, []) { Field = field });
        if (field is not null)
        {
            foreach (var metric in new[] { SearchMetric.ValueCount, SearchMetric.Min, SearchMetric.Max, SearchMetric.Average, SearchMetric.Sum })
            {
                _computed.Add(new SearchAggregation.Metric($"{name}.{metric}", field, metric));
            }
        }
    }

    private void AddMetric(string name, string kind, DslObject options)
    {
        if (Metrics.FirstOrDefault(metric => metric.Kind == kind) is not { Kind: not null } metric)
        {
            _scope.Refuse(options.Path, $"aggregations of the kind {kind} are not supported");
            options.Pass([.. options.Names]);
            return;
        }

        options.Pass("precision_threshold");
        var field = metric.Of is SearchMetric.ValueCount or SearchMetric.Cardinality ? Field(options) : Number(options, kind);
        if (field?.Kind == SearchFieldKind.Text)
        {
            _scope.Refuse(options.At("field"), $"{field.Name} has words, which are not counted; use a keyword field, such as {field.Name}.keyword");
        }

        Add(name, metric.Shown, field, AggregationLevel.Empty, field is null ? null : new SearchAggregation.Metric(name, field, metric.Of));
    }

    private void AddTopHits(string name, DslObject options)
    {
        var size = options.Whole("size", 3, 0, _scope.Limits.Page);
        options.Only("from", "0");
        options.Only("track_scores", "false");
        ImmutableArray<SearchSort?> sort = options.TryTake("sort", out var value) ? SortReader.Read(_scope, value, options.At("sort")) : [];
        var sources = SourceReader.Take(_scope, options);
        var keys = sort.OfType<SearchSort>().ToImmutableArray();
        _scope.OrdersByScore |= sort.IsEmpty;
        Add(name, AggregationKind.Hits, null, AggregationLevel.Empty, new SearchAggregation.TopHits(name, size, keys, sources));
        _plans[^1] = _plans[^1] with { Sources = sources };
    }

    private void Add(string name, AggregationKind kind, SearchField? field, AggregationLevel inner, SearchAggregation? computed)
    {
        _plans.Add(new AggregationPlan(name, kind, computed is null ? -1 : _computed.Count, inner.Plans) { Field = field });
        if (computed is not null)
        {
            _computed.Add(computed);
        }
    }

    private SearchField? Field(DslObject options)
    {
        var name = options.TryNeed("field", out _) ? options.Text("field") : null;
        return name is null ? null : _scope.Field(name, options.At("field"));
    }

    private SearchField? Number(DslObject options, string kind)
    {
        var field = Field(options);
        if (field is not null && field.Kind is not (SearchFieldKind.Integer or SearchFieldKind.Decimal))
        {
            _scope.Refuse(options.At("field"), $"{kind} is for numbers and times, and {field.Name} has others");
        }

        return field;
    }
}
