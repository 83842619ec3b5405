using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Save.Normalize;

namespace Cartulary.Core.Query.Audit;

/// <summary>
/// Reads the queries that the audit answers (Elasticsearch reference, "Query DSL"): bool, term, terms, prefix, range, exists,
/// match_all and match_none. Any other is a problem that names it.
/// </summary>
/// <param name="problems">Gets what is wrong.</param>
internal sealed class AuditQueryReader(ProblemList problems)
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
            "match_all" => new SearchExpression.Everything(),
            "match_none" => new SearchExpression.Nothing(),
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

    private SearchExpression ReadExists(JsonElement json, string path) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("field", out var name) && name.ValueKind == JsonValueKind.String
            ? Field(name.GetString()!, path) is { } field ? new SearchExpression.Exists(field) : new SearchExpression.Nothing()
            : Refuse(path, "exists takes an object with the name of a field");

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
        return Value(field, value, path) is { } text ? new SearchExpression.OneOf(field, [text], ignoresCase) : new SearchExpression.Nothing();
    }

    private SearchExpression ReadTerms(SearchField field, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MostValues)
        {
            return Refuse(path, $"terms takes a list of at most {MostValues} values");
        }

        var values = json.EnumerateArray().Select((value, place) => Value(field, value, $"{path}[{place}]")).ToList();
        return new SearchExpression.OneOf(field, [.. values.OfType<string>()], IgnoresCase: false);
    }

    private SearchExpression ReadPrefix(SearchField field, JsonElement json, string path)
    {
        var (value, ignoresCase) = Valued(json, path);
        return field.IsDate
            ? Unknown(path, $"the field {field.Name} holds times, which have no prefix")
            : Value(field, value, path) is { } text ? new SearchExpression.Prefix(field, text, ignoresCase) : new SearchExpression.Nothing();
    }

    private SearchExpression ReadRange(SearchField field, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refuse(path, "range takes an object with bounds");
        }

        SearchBound? from = null;
        SearchBound? to = null;
        foreach (var member in json.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            switch (member.Name)
            {
                case "gt" or "gte":
                    from = Bound(member, member.Name == "gte");
                    break;
                case "lt" or "lte":
                    to = Bound(member, member.Name == "lte");
                    break;
                case "boost" or "relation":
                    break;
                case "format" when member.Value.ValueKind == JsonValueKind.String && member.Value.GetString() is "epoch_millis" or "strict_date_optional_time":
                    break;
                default:
                    Unknown($"{path}.{member.Name}", $"the audit's range does not take {member.Name} so");
                    break;
            }
        }

        return new SearchExpression.Range(field, from, to);

        SearchBound? Bound(JsonProperty member, bool isInclusive) =>
            Value(field, member.Value, $"{path}.{member.Name}") is { } value ? new SearchBound(value, isInclusive) : null;
    }

    /// <summary>The value of <c>V</c> or <c>{"value": V, "case_insensitive": …}</c>.</summary>
    private (JsonElement Value, bool IgnoresCase) Valued(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return (json, false);
        }

        foreach (var member in json.EnumerateObject().Where(member => member.Name is not ("value" or "case_insensitive" or "boost")))
        {
            Unknown($"{path}.{member.Name}", $"the audit's queries do not take {member.Name}");
        }

        return (
            json.TryGetProperty("value", out var value) ? value : default,
            json.TryGetProperty("case_insensitive", out var ignores) && ignores.ValueKind == JsonValueKind.True);
    }

    /// <summary>A value in the field's form; null with a problem when it is none.</summary>
    private string? Value(SearchField field, JsonElement json, string path)
    {
        var text = json.ValueKind switch
        {
            JsonValueKind.String => json.GetString(),
            JsonValueKind.Number => json.GetRawText(),
            _ => null,
        };
        if (text is null)
        {
            Refuse(path, "a value is a text or a number");
            return null;
        }

        if (!field.IsDate)
        {
            return text;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time) || Iso8601.TryParse(text, out time))
        {
            return time.ToString(CultureInfo.InvariantCulture);
        }

        Unknown(path, $"{text} is no time: the audit takes epoch milliseconds and ISO 8601");
        return null;
    }
}
