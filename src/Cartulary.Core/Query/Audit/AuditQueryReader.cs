using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;

namespace Cartulary.Core.Query.Audit;

/// <summary>
/// Reads the queries that the audit answers (Elasticsearch reference, "Query DSL"): bool, term, terms, prefix, range, exists,
/// match_all and match_none. Any other is a problem that names it.
/// </summary>
/// <param name="now">The moment that <c>now</c> means, epoch milliseconds.</param>
/// <param name="problems">Gets what is wrong.</param>
internal sealed class AuditQueryReader(long now, ProblemList problems)
{
    private const int MostClauses = 1_000;
    private const int MostValues = 65_536;

    private int _clauses;

    /// <summary>Reads a query; everything matches where there is none.</summary>
    public SearchExpression Read(JsonElement query, string path)
    {
        if (++_clauses > MostClauses)
        {
            return Refuse(path, $"a query has {MostClauses} clauses at most");
        }

        if (query.ValueKind != JsonValueKind.Object || query.EnumerateObject().Count() != 1)
        {
            return Refuse(path, "a query is an object with the name of its kind as its one member");
        }

        var kind = query.EnumerateObject().Single();
        var place = $"{path}.{kind.Name}";
        return kind.Name switch
        {
            "match_all" => ReadWhole(kind.Value, place, new SearchExpression.Everything()),
            "match_none" => ReadWhole(kind.Value, place, new SearchExpression.Nothing()),
            "bool" => ReadGroup(kind.Value, place),
            "exists" => ReadExists(kind.Value, place),
            "term" => ReadField(kind.Value, place, ReadTerm),
            "terms" => ReadField(kind.Value, place, ReadTerms),
            "prefix" => ReadField(kind.Value, place, ReadPrefix),
            "range" => ReadField(kind.Value, place, ReadRange),
            _ => Unknown(place, $"the audit has no query {kind.Name}; it has bool, exists, match_all, match_none, prefix, range, term and terms"),
        };
    }

    /// <summary>The field of that name; null with a problem when there is none.</summary>
    public SearchField? Field(string name, string path)
    {
        var field = AuditFields.Find(name);
        if (field is null)
        {
            Unknown(path, $"the audit has no field {name}; it has {string.Join(", ", AuditFields.Names)}");
        }

        return field;
    }

    /// <summary>Notes what is wrong.</summary>
    public SearchExpression Refuse(string path, string message)
    {
        problems.Add(new Problem(ErrorCodes.InvalidParameters, path, $"invalid parameters: {message}"));
        return new SearchExpression.Nothing();
    }

    /// <summary>Notes that something is asked for which the audit does not do.</summary>
    public SearchExpression Unknown(string path, string message)
    {
        problems.Add(new Problem(ErrorCodes.UnsupportedQuery, path, message));
        return new SearchExpression.Nothing();
    }

    private SearchExpression ReadGroup(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refuse(path, "bool takes an object");
        }

        var lists = new Dictionary<string, ImmutableArray<SearchExpression>>(StringComparer.Ordinal);
        int? atLeast = null;
        foreach (var member in json.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            switch (member.Name)
            {
                case "must" or "filter" or "should" or "must_not":
                    lists[member.Name] = ReadList(member.Value, $"{path}.{member.Name}");
                    break;
                case "minimum_should_match" when member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number) && number >= 0:
                    atLeast = number;
                    break;
                case "boost":
                    break;
                default:
                    Unknown($"{path}.{member.Name}", $"the audit's bool does not take {member.Name} so");
                    break;
            }
        }

        var (must, filter, should) = (ListOf("must"), ListOf("filter"), ListOf("should"));
        return new SearchExpression.Group(must, filter, should, ListOf("must_not"), atLeast ?? (should.Length > 0 && must.IsEmpty && filter.IsEmpty ? 1 : 0));

        ImmutableArray<SearchExpression> ListOf(string name) => lists.GetValueOrDefault(name, []);
    }

    private ImmutableArray<SearchExpression> ReadList(JsonElement json, string path) => json.ValueKind == JsonValueKind.Array
        ? [.. json.EnumerateArray().Select((part, place) => Read(part, $"{path}[{place}]"))]
        : [Read(json, path)];

    private SearchExpression ReadWhole(JsonElement json, string path, SearchExpression expression)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refuse(path, "this query takes an object");
        }

        RefuseOthers(json, path, "boost");
        return expression;
    }

    private SearchExpression ReadExists(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("field", out var name) || name.ValueKind != JsonValueKind.String)
        {
            return Refuse(path, "exists takes an object with the name of a field");
        }

        RefuseOthers(json, path, "field", "boost");
        return Field(name.GetString()!, path) is { } field ? new SearchExpression.Exists(field) : new SearchExpression.Nothing();
    }

    private void RefuseOthers(JsonElement json, string path, params ImmutableArray<string> known)
    {
        foreach (var member in json.EnumerateObject().Where(member => !known.Contains(member.Name)))
        {
            Unknown($"{path}.{member.Name}", $"the audit's queries do not take {member.Name}");
        }
    }

    /// <summary>Reads <c>{FIELD: …}</c>, with a boost beside it or not.</summary>
    private SearchExpression ReadField(JsonElement json, string path, Func<SearchField, JsonElement, string, SearchExpression> read)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Where(member => member.Name != "boost").ToList() is not [var one])
        {
            return Refuse(path, "this query takes an object with one field");
        }

        return Field(one.Name, $"{path}.{one.Name}") is { } field ? read(field, one.Value, $"{path}.{one.Name}") : new SearchExpression.Nothing();
    }

    private SearchExpression ReadTerm(SearchField field, JsonElement json, string path)
    {
        var (value, ignoresCase) = Valued(json, path);
        return Equal(field, value, ignoresCase, path);
    }

    private SearchExpression ReadTerms(SearchField field, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MostValues)
        {
            return Refuse(path, $"terms takes a list of at most {MostValues} values");
        }

        var values = json.EnumerateArray().Select((value, place) => Equal(field, value, ignoresCase: false, $"{path}[{place}]")).ToList();
        var exact = new SearchExpression.OneOf(field, [.. values.OfType<SearchExpression.OneOf>().SelectMany(one => one.Values)], IgnoresCase: false);
        var spans = values.OfType<SearchExpression.Range>().ToList();
        return spans.Count == 0 ? exact : new SearchExpression.Group([], [], [exact, .. spans], [], 1);
    }

    /// <summary>Matches a value; a time that names a whole day, month and so on means all of it.</summary>
    private SearchExpression Equal(SearchField field, JsonElement json, bool ignoresCase, string path)
    {
        if (!field.IsDate)
        {
            return Text(json, path) is { } text ? new SearchExpression.OneOf(field, [text], ignoresCase) : new SearchExpression.Nothing();
        }

        return Time(json, last: false, TimeSpan.Zero, path) is not { } first || Time(json, last: true, TimeSpan.Zero, path) is not { } end ? new SearchExpression.Nothing()
            : first == end ? new SearchExpression.OneOf(field, [first], IgnoresCase: false)
            : new SearchExpression.Range(field, new SearchBound(first, true), new SearchBound(end, true));
    }

    private SearchExpression ReadPrefix(SearchField field, JsonElement json, string path)
    {
        var (value, ignoresCase) = Valued(json, path);
        return field.IsDate
            ? Unknown(path, $"the field {field.Name} holds times, which have no prefix")
            : Text(value, path) is { } text ? new SearchExpression.Prefix(field, text, ignoresCase) : new SearchExpression.Nothing();
    }

    private SearchExpression ReadRange(SearchField field, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refuse(path, "range takes an object with bounds");
        }

        var offset = TimeSpan.Zero;
        if (json.TryGetProperty("time_zone", out var zone) && zone.ValueKind == JsonValueKind.String && !DateText.TryOffset(zone.GetString()!, out offset))
        {
            Unknown($"{path}.time_zone", $"time zones are offsets such as +01:00 here, not {zone.GetString()}");
        }

        SearchBound? from = null;
        SearchBound? to = null;
        foreach (var member in json.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            switch (member.Name)
            {
                case "gt" or "gte" when from is null:
                    from = Bound(member, member.Name == "gte", isUpper: false);
                    break;
                case "lt" or "lte" when to is null:
                    to = Bound(member, member.Name == "lte", isUpper: true);
                    break;
                case "boost" or "relation":
                case "time_zone" when member.Value.ValueKind == JsonValueKind.String:
                    break;
                case "format" when member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is "epoch_millis" or "strict_date_optional_time":
                    break;
                default:
                    Unknown($"{path}.{member.Name}", $"the audit's range does not take {member.Name} so");
                    break;
            }
        }

        return new SearchExpression.Range(field, from, to);

        // From after a day is from its last millisecond on; up to a day is up to its last millisecond.
        SearchBound? Bound(JsonProperty member, bool isInclusive, bool isUpper)
        {
            var place = $"{path}.{member.Name}";
            return (field.IsDate ? Time(member.Value, last: isUpper == isInclusive, offset, place) : Text(member.Value, place)) is { } value ? new SearchBound(value, isInclusive) : null;
        }
    }

    /// <summary>The value of <c>V</c> or <c>{"value": V, "case_insensitive": …}</c>.</summary>
    private (JsonElement Value, bool IgnoresCase) Valued(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (json, false);
        }

        RefuseOthers(json, path, "value", "case_insensitive", "boost");
        var ignores = json.TryGetProperty("case_insensitive", out var flag) && flag.ValueKind != JsonValueKind.Null ? DslValue.Boolean(flag) : false;
        if (ignores is null)
        {
            Refuse($"{path}.case_insensitive", "case_insensitive must be true or false");
        }

        return (json.TryGetProperty("value", out var value) ? value : default, ignores == true);
    }

    /// <summary>The text of a text or a number; null with a problem when it is neither.</summary>
    private string? Text(JsonElement json, string path)
    {
        if (json.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            return DslValue.Scalar(json);
        }

        Refuse(path, "a value is a text or a number");
        return null;
    }

    /// <summary>A time in epoch milliseconds; null with a problem when it is none. What is wrong is told once.</summary>
    private string? Time(JsonElement json, bool last, TimeSpan offset, string path)
    {
        if (Text(json, path) is not { } text)
        {
            return null;
        }

        if (DateText.TryParse(text, now, offset, last, out var time))
        {
            return time.ToString(CultureInfo.InvariantCulture);
        }

        Unknown(path, $"{text} is no time: the audit takes epoch milliseconds, ISO 8601 and date math such as now-7d/d");
        return null;
    }
}
