using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Queries for stretches of a text: span_term and those that join others of them (Elasticsearch reference, "Span queries").</summary>
internal sealed class SpanQueries
{
    private const int Farthest = int.MaxValue / 4;

    private readonly DslScope _scope;
    private readonly HashSet<string> _fields = new(StringComparer.Ordinal);
    private SearchField? _field;

    private SpanQueries(DslScope scope) => _scope = scope;

    /// <summary>Their names.</summary>
    public static ImmutableArray<string> Kinds { get; } =
        ["span_containing", "span_first", "span_near", "span_not", "span_or", "span_term", "span_within"];

    /// <summary>Reads one. All of its parts are of one field.</summary>
    public static SearchExpression? Read(DslScope scope, string kind, JsonElement json, string path, int depth)
    {
        var before = scope.Problems.Count;
        var reader = new SpanQueries(scope);
        var boost = 1.0;
        var pattern = reader.ReadKind(kind, json, path, depth, given => boost = given);
        if (reader._fields.Count > 1)
        {
            scope.Refuse(path, $"the parts of {kind} must be of one field, not of {string.Join(" and ", reader._fields.Order(StringComparer.Ordinal))}");
        }

        return scope.Problems.Count > before || pattern is null ? null
            : reader._field is null ? new SearchExpression.Nothing()
            : QueryReader.Boosted(new SearchExpression.Span(reader._field, pattern), boost);
    }

    private SpanPattern? ReadKind(string kind, JsonElement json, string path, int depth, Action<double> boost)
    {
        if (kind == "span_term")
        {
            return ReadTerm(json, path, boost);
        }

        if (DslObject.Open(_scope, json, path, kind) is not { } options)
        {
            return null;
        }

        options.Pass("_name");
        boost(options.Factor("boost", 1));
        SpanPattern? pattern = kind switch
        {
            "span_near" => ReadNear(options, depth),
            "span_or" => Parts(options, depth) is { } parts ? new SpanPattern.Any(parts) : null,
            "span_not" => ReadWithout(options, depth),
            "span_first" => Part(options, "match", depth) is var of && options.TryNeed("end", out _) && options.Whole("end", 0, 0, Farthest) is var end && of is not null
                ? new SpanPattern.First(of, end)
                : null,
            "span_within" => Part(options, "little", depth) is var little && Part(options, "big", depth) is { } big && little is not null ? new SpanPattern.Within(little, big) : null,
            _ => Part(options, "big", depth) is var big && Part(options, "little", depth) is { } little && big is not null ? new SpanPattern.Around(big, little) : null,
        };
        options.End();
        return pattern;
    }

    private SpanPattern.Word? ReadTerm(JsonElement json, string path, Action<double> boost)
    {
        var before = _scope.Problems.Count;
        if (FieldQuery.Read(_scope, json, path, "span_term", "value", "term") is not { } query)
        {
            return null;
        }

        boost(query.Boost());
        query.Options?.End();
        var text = query.Text(_scope);
        if (query.Field is { Kind: not SearchFieldKind.Text } other)
        {
            _scope.Refuse($"{path}.{query.Name}", $"spans are of words, and {other.Name} has whole values; use term");
        }

        _fields.Add(query.Field?.Name ?? query.Name);
        _field ??= query.Field;
        return _scope.Problems.Count > before || text is null ? null : new SpanPattern.Word(text);
    }

    private SpanPattern.Near? ReadNear(DslObject options, int depth)
    {
        var slop = options.Whole("slop", 0, 0, Farthest);
        var isOrdered = options.Flag("in_order", @default: true);
        return Parts(options, depth) is { } parts ? new SpanPattern.Near(parts, slop, isOrdered) : null;
    }

    private SpanPattern.Without? ReadWithout(DslObject options, int depth)
    {
        var (before, after) = (options.Whole("pre", 0, 0, Farthest), options.Whole("post", 0, 0, Farthest));
        if (options.TryTake("dist", out _))
        {
            before = after = options.Whole("dist", 0, 0, Farthest);
        }

        var include = Part(options, "include", depth);
        var exclude = Part(options, "exclude", depth);
        return include is null || exclude is null ? null : new SpanPattern.Without(include, exclude, before, after);
    }

    private ImmutableArray<SpanPattern>? Parts(DslObject options, int depth)
    {
        if (!options.TryNeed("clauses", out var clauses))
        {
            return null;
        }

        var at = options.At("clauses");
        if (clauses.ValueKind != JsonValueKind.Array || clauses.GetArrayLength() == 0)
        {
            _scope.Refuse(at, "clauses must be a list of span queries");
            return null;
        }

        var parts = clauses.EnumerateArray().Select((clause, index) => ReadPart(clause, $"{at}[{index}]", depth)).ToList();
        return parts.Contains(null) ? null : [.. parts!];
    }

    private SpanPattern? Part(DslObject options, string name, int depth) =>
        options.TryNeed(name, out var json) ? ReadPart(json, options.At(name), depth) : null;

    private SpanPattern? ReadPart(JsonElement json, string path, int depth)
    {
        if (!_scope.TryEnter(path, depth + 1))
        {
            return null;
        }

        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().ToList() is not [var kind])
        {
            _scope.Refuse(path, "a span query must be an object with one member, its kind");
            return null;
        }

        if (Kinds.Contains(kind.Name))
        {
            return ReadKind(kind.Name, kind.Value, $"{path}.{kind.Name}", depth + 1, static _ => { });
        }

        _scope.Refuse($"{path}.{kind.Name}", $"{kind.Name} is not supported within spans; there are {string.Join(", ", Kinds)}");
        return null;
    }
}
