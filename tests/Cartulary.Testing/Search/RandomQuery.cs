using System.Globalization;
using Cartulary.Core.Query.Search;

namespace Cartulary.Testing.Search;

/// <summary>A query in JSON with what it means, said a second time and by other means than the product's.</summary>
/// <param name="Json">The query.</param>
/// <param name="Holds">Whether it matches a document.</param>
public sealed record RandomQuery(string Json, Func<SearchDocument, bool> Holds)
{
    private static readonly string[] Words = ["fact", "orders", "customers", "customer", "2024", "dim", "of"];

    /// <summary>Draws one.</summary>
    public static RandomQuery Draw(Dice dice, SearchFields fields, int depth = 0) => dice.Below(depth > 3 ? 12 : 16) switch
    {
        0 => new("""{"match_all":{}}""", _ => true),
        1 => Term(dice, fields),
        2 => Terms(dice, fields),
        3 => Numbers(dice, fields),
        4 => Dates(dice, fields),
        5 => Forms(dice, fields),
        6 => Exists(dice, fields),
        7 => Match(dice, fields),
        8 => Phrase(dice, fields),
        9 => Others(dice, fields),
        10 => Stretch(dice, fields),
        11 => Crossed(dice, fields),
        12 => Scored(dice, fields, depth),
        _ => Bool(dice, fields, depth),
    };

    private static RandomQuery Term(Dice dice, SearchFields fields)
    {
        switch (dice.Below(5))
        {
            case 0:
                var status = dice.Pick(RandomDocuments.Statuses);
                return new(dice.Flip() ? $$$"""{"term":{"certificateStatus":"{{{status}}}"}}""" : $$$$"""{"term":{"certificateStatus":{"value":"{{{{status}}}}","case_insensitive":false}}}""", Has(fields, "certificateStatus", value => value == status));
            case 1:
                var owner = dice.Pick(RandomDocuments.Owners);
                return new($$$$"""{"term":{"ownerUsers":{"value":"{{{{owner}}}}","case_insensitive":true,"boost":2}}}""", Has(fields, "ownerUsers", value => value.Equals(owner, StringComparison.OrdinalIgnoreCase)));
            case 2:
                var name = dice.Pick(RandomDocuments.Names);
                return new($$$$"""{"term":{"name.keyword":{"value":"{{{{name.ToUpperInvariant()}}}}"}}}""", Has(fields, "name", value => value.Equals(name, StringComparison.OrdinalIgnoreCase)));
            case 3:
                var flag = dice.Flip() ? "true" : "false";
                return new($$$"""{"term":{"isSharded":{{{flag}}}}}""", Has(fields, "isSharded", value => value == flag));
            default:
                var word = dice.Pick(Words);
                return new($$$"""{"term":{"name":"{{{word}}}"}}""", HasWord(fields, word));
        }
    }

    private static RandomQuery Terms(Dice dice, SearchFields fields)
    {
        if (dice.Flip())
        {
            var numbers = Enumerable.Range(-2, 8).Where(_ => dice.OneIn(3)).ToList();
            return new($$$"""{"terms":{"rowCount":[{{{string.Join(',', numbers.Select(number => dice.Flip() ? $"\"{number}\"" : $"{number}"))}}}]}}""", Has(fields, "rowCount", value => numbers.Contains(int.Parse(value, CultureInfo.InvariantCulture))));
        }

        var names = dice.Some(RandomDocuments.QualifiedNames);
        return new($$$"""{"terms":{"qualifiedName":[{{{string.Join(',', names.Select(name => $"\"{name}\""))}}}],"boost":1.5}}""", Has(fields, "qualifiedName", names.Contains));
    }

    private static RandomQuery Numbers(Dice dice, SearchFields fields)
    {
        var field = dice.Flip() ? "rowCount" : "sourceTotalCost";
        var (low, high) = (dice.Between(-6, 12) / 2.0, dice.Between(-6, 12) / 2.0);
        var (hasLow, hasHigh, includesLow, includesHigh) = (dice.Flip(), dice.Flip(), dice.Flip(), dice.Flip());
        var bounds = new List<string>();
        if (hasLow)
        {
            bounds.Add($"\"{(includesLow ? "gte" : "gt")}\":{low.ToString(CultureInfo.InvariantCulture)}");
        }

        if (hasHigh)
        {
            bounds.Add($"\"{(includesHigh ? "lte" : "lt")}\":{high.ToString(CultureInfo.InvariantCulture)}");
        }

        return new($$$$"""{"range":{"{{{{field}}}}":{{{{{string.Join(',', bounds)}}}}}}}""", Has(fields, field, text =>
        {
            var value = double.Parse(text, CultureInfo.InvariantCulture);
            return (!hasLow || value > low || (includesLow && value == low)) && (!hasHigh || value < high || (includesHigh && value == high));
        }));
    }

    private static RandomQuery Dates(Dice dice, SearchFields fields)
    {
        var day = dice.Below(4);
        var start = RandomDocuments.FirstMoment + (day * RandomDocuments.Day);
        var text = $"2026-01-{day + 1:D2}";
        return dice.Below(6) switch
        {
            0 => new($$$$"""{"range":{"sourceUpdatedAt":{"gte":"{{{{text}}}}"}}}""", Moment(fields, value => value >= start)),
            1 => new($$$$"""{"range":{"sourceUpdatedAt":{"gt":"{{{{text}}}}"}}}""", Moment(fields, value => value >= start + RandomDocuments.Day)),
            2 => new($$$$"""{"range":{"sourceUpdatedAt":{"lte":"{{{{text}}}}"}}}""", Moment(fields, value => value < start + RandomDocuments.Day)),
            3 => new($$$$"""{"range":{"sourceUpdatedAt":{"lt":"{{{{text}}}}||+1d"}}}""", Moment(fields, value => value < start + RandomDocuments.Day)),
            4 => new($$$"""{"term":{"sourceUpdatedAt":"{{{text}}}"}}""", Moment(fields, value => value >= start && value < start + RandomDocuments.Day)),
            _ => new($$$$"""{"range":{"sourceUpdatedAt":{"gte":{{{{start}}}},"format":"epoch_millis"}}}""", Moment(fields, value => value >= start)),
        };
    }

    private static RandomQuery Forms(Dice dice, SearchFields fields)
    {
        switch (dice.Below(5))
        {
            case 0:
                var prefix = dice.Pick(["default/", "default/a", "DEFAULT/", "x", "default/a/ord"]);
                var ignoresCase = dice.Flip();
                return new(
                    $$$$"""{"prefix":{"qualifiedName":{"value":"{{{{prefix}}}}","case_insensitive":{{{{(ignoresCase ? "true" : "false")}}}}}}}""",
                    Has(fields, "qualifiedName", value => value.StartsWith(prefix, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)));
            case 1:
                var part = dice.Pick(["orders", "/a/", "ORD", "cust"]);
                return new($$$$"""{"wildcard":{"qualifiedName":{"value":"*{{{{part}}}}*"}}}""", Has(fields, "qualifiedName", value => value.Contains(part, StringComparison.Ordinal)));
            case 2:
                var beginning = dice.Pick(["Fact", "ord", "DIM C"]);
                return new($$$"""{"wildcard":{"name.keyword":"{{{beginning}}}*"}}""", Has(fields, "name", value => value.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)));
            case 3:
                return new("""{"regexp":{"qualifiedName":"default/[ab]/orders"}}""", Has(fields, "qualifiedName", value => value is "default/a/orders" or "default/b/orders"));
            default:
                return new("""{"fuzzy":{"certificateStatus":{"value":"DARFT","fuzziness":1}}}""", Has(fields, "certificateStatus", value => value == "DRAFT"));
        }
    }

    private static RandomQuery Exists(Dice dice, SearchFields fields)
    {
        var field = dice.Pick(["certificateStatus", "rowCount", "sourceTotalCost", "isSharded", "sourceUpdatedAt", "ownerUsers", "name"]);
        return new($$$"""{"exists":{"field":"{{{field}}}"}}""", Has(fields, field, _ => true));
    }

    private static RandomQuery Match(Dice dice, SearchFields fields)
    {
        var words = dice.Some(Words);
        if (words.Count == 0)
        {
            return new("""{"match":{"name":{"query":" - ","zero_terms_query":"all"}}}""", _ => true);
        }

        var text = string.Join(' ', words).ToUpperInvariant();
        return dice.Below(4) switch
        {
            0 => new($$$"""{"match":{"name":"{{{text}}}"}}""", document => words.Exists(word => HasWord(fields, word)(document))),
            1 => new($$$$"""{"match":{"name":{"query":"{{{{text}}}}","operator":"and"}}}""", document => words.TrueForAll(word => HasWord(fields, word)(document))),
            2 => new(
                $$$$"""{"match":{"name":{"query":"{{{{text}}}}","minimum_should_match":"50%"}}}""",
                document => words.Count(word => HasWord(fields, word)(document)) >= Math.Max(1, words.Count / 2)),
            _ => new(
                $$$"""{"multi_match":{"query":"{{{text}}}","fields":["name^2","qualifiedName"],"operator":"and"}}""",
                document => words.TrueForAll(word => HasWord(fields, word)(document)) || Has(fields, "qualifiedName", value => value == text)(document)),
        };
    }

    private static RandomQuery Phrase(Dice dice, SearchFields fields)
    {
        var phrase = dice.Pick(["fact orders", "orders 2024", "orders fact", "of customers"]);
        return dice.Below(3) switch
        {
            0 => new($$$"""{"match_phrase":{"name":"{{{phrase}}}"}}""", HasPhrase(fields, phrase, isBegun: false)),
            1 => new($$$$"""{"match_phrase_prefix":{"name":{"query":"{{{{phrase[..^1]}}}}"}}}""", HasPhrase(fields, phrase[..^1], isBegun: true)),
            _ => new($$$"""{"query_string":{"query":"name:\"{{{phrase}}}\""}}""", HasPhrase(fields, phrase, isBegun: false)),
        };
    }

    /// <summary>Words by their places.</summary>
    private static RandomQuery Stretch(Dice dice, SearchFields fields)
    {
        var (one, other, third) = (dice.Pick(Words), dice.Pick(Words), dice.Pick(Words));
        var (slop, end) = (dice.Below(3), dice.Below(4));
        var near = $$$$"""{"span_near":{"clauses":[{{{{SpanOf(one)}}}},{{{{SpanOf(other)}}}}],"slop":{{{{slop}}}}}}""";
        bool Near(string[] words, int from, int to) => words[from] == one && words[to] == other && to > from && to - from - 1 <= slop;
        return dice.Below(7) switch
        {
            0 => new(SpanOf(one), HasWord(fields, one)),
            1 => new(near, Pairs(fields, Near)),
            2 => new(
                $$$"""{"span_near":{"clauses":[{{{SpanOf(one)}}},{{{SpanOf(other)}}}],"slop":{{{slop}}},"in_order":false}}""",
                Pairs(fields, (words, from, to) => words[from] == one && words[to] == other && Math.Abs(to - from) - 1 <= slop)),
            3 => new(
                $$$"""{"span_near":{"clauses":[{"span_or":{"clauses":[{{{SpanOf(one)}}},{{{SpanOf(third)}}}]}},{{{SpanOf(other)}}}],"slop":{{{slop}}},"in_order":true}}""",
                Pairs(fields, (words, from, to) => (words[from] == one || words[from] == third) && words[to] == other && to > from && to - from - 1 <= slop)),
            4 => new($$$"""{"span_first":{"match":{{{SpanOf(one)}}},"end":{{{end}}}}}""", Has(fields, "name", value => Cut(value).Take(end).Contains(one))),
            5 => new(
                $$$"""{"span_not":{"include":{{{SpanOf(one)}}},"exclude":{{{SpanOf(other)}}},"dist":{{{slop}}}}}""",
                Has(fields, "name", value => Cut(value) is var words && Enumerable.Range(0, words.Length).Any(at => words[at] == one
                    && !Enumerable.Range(0, words.Length).Any(there => words[there] == other && Math.Abs(there - at) <= slop)))),
            _ => new(
                $$$"""{"{{{(dice.Flip() ? "span_within" : "span_containing")}}}":{"little":{{{SpanOf(third)}}},"big":{{{near}}}}}""",
                Pairs(fields, (words, from, to) => Near(words, from, to) && words.AsSpan(from, to - from + 1).Contains(third))),
        };
    }

    private static string SpanOf(string word) => $$$"""{"span_term":{"name":"{{{word}}}"}}""";

    private static Func<SearchDocument, bool> Pairs(SearchFields fields, Func<string[], int, int, bool> fits) => Has(fields, "name", value =>
        Cut(value) is var words && Enumerable.Range(0, words.Length).Any(from => Enumerable.Range(0, words.Length).Any(to => fits(words, from, to))));

    /// <summary>Words each of which may be in another field.</summary>
    private static RandomQuery Crossed(Dice dice, SearchFields fields)
    {
        List<string> words = [.. dice.Some([.. Words, "default", "a", "b"]).Append(dice.Pick(Words)).Distinct()];
        var needsAll = dice.Flip();
        return new(
            $$$"""{"multi_match":{"query":"{{{string.Join(' ', words)}}}","type":"cross_fields","fields":["name^2","qualifiedName.text"],"operator":"{{{(needsAll ? "and" : "or")}}}"}}""",
            document => needsAll ? words.TrueForAll(word => IsThere(document, word)) : words.Exists(word => IsThere(document, word)));

        bool IsThere(SearchDocument document, string word) => HasWord(fields, word)(document)
            || Has(fields, "qualifiedName", value => value.ToLowerInvariant().Split('/', '.').Contains(word))(document);
    }

    private static RandomQuery Others(Dice dice, SearchFields fields)
    {
        var (one, other) = (dice.Pick(Words), dice.Pick(Words));
        bool Both(SearchDocument document) => HasWord(fields, one)(document) && HasWord(fields, other)(document);
        bool Either(SearchDocument document) => HasWord(fields, one)(document) || HasWord(fields, other)(document);
        return dice.Below(8) switch
        {
            0 => new("""{"match_none":{}}""", _ => false),
            1 => new("""{"term":{"unheardOf":1}}""", _ => false),
            2 => new("""{"ids":{"values":["00000001-0000-0000-0000-000000000001","00000002-0000-0000-0000-000000000001"]}}""", document => document.Guid.ToString() is "00000001-0000-0000-0000-000000000001" or "00000002-0000-0000-0000-000000000001"),
            3 => new($$$"""{"query_string":{"query":"{{{one}}} AND {{{other}}}","default_field":"name"}}""", Both),
            4 => new($$$"""{"query_string":{"query":"{{{one}}} {{{other}}}","fields":["name"]}}""", Either),
            5 => new($$$"""{"query_string":{"query":"+{{{one}}} -{{{other}}}","fields":["name"]}}""", document => HasWord(fields, one)(document) && !HasWord(fields, other)(document)),
            6 => new($$$"""{"simple_query_string":{"query":"{{{one}}} + {{{other}}}","fields":["name"]}}""", Both),
            _ => new($$$"""{"simple_query_string":{"query":"{{{one}}} | {{{other}}}","fields":["name"],"default_operator":"and"}}""", Either),
        };
    }

    private static RandomQuery Scored(Dice dice, SearchFields fields, int depth)
    {
        var (one, other) = (Draw(dice, fields, depth + 1), Draw(dice, fields, depth + 1));
        return dice.Below(3) switch
        {
            0 => new($$$"""{"constant_score":{"filter":{{{one.Json}}},"boost":3}}""", one.Holds),
            1 => new($$$"""{"dis_max":{"queries":[{{{one.Json}}},{{{other.Json}}}],"tie_breaker":0.5}}""", document => one.Holds(document) || other.Holds(document)),
            _ => new($$$"""{"boosting":{"positive":{{{one.Json}}},"negative":{{{other.Json}}},"negative_boost":0.2}}""", one.Holds),
        };
    }

    private static RandomQuery Bool(Dice dice, SearchFields fields, int depth)
    {
        var (must, filter, should, mustNot) = (Some(), Some(), Some(), Some());
        var atLeast = dice.OneIn(3) ? dice.Between(-1, 3) : (int?)null;
        var clauses = new List<string>();
        Add("must", must);
        Add("filter", filter);
        Add("should", should);
        Add("must_not", mustNot);
        if (atLeast is { } said)
        {
            clauses.Add($"\"minimum_should_match\":{(dice.Flip() ? $"\"{said}\"" : $"{said}")}");
        }

        var isEmpty = must.Count + filter.Count + should.Count + mustNot.Count == 0;
        var asked = atLeast is { } number ? Math.Max(number < 0 ? should.Count + number : number, 0) : 0;
        var needed = should.Count == 0 && asked == 0 ? 0 : Math.Max(asked, must.Count + filter.Count == 0 && should.Count > 0 ? 1 : 0);
        return new($$$"""{"bool":{{{{string.Join(',', clauses)}}}}}""", document => isEmpty
            || (must.Concat(filter).All(query => query.Holds(document)) && !mustNot.Exists(query => query.Holds(document)) && should.Count(query => query.Holds(document)) >= needed));

        List<RandomQuery> Some() => [.. Enumerable.Range(0, dice.Below(3)).Select(_ => Draw(dice, fields, depth + 1))];

        void Add(string name, List<RandomQuery> queries)
        {
            if (queries.Count == 1 && dice.Flip())
            {
                clauses.Add($"\"{name}\":{queries[0].Json}");
            }
            else if (queries.Count > 0 || dice.OneIn(4))
            {
                clauses.Add($"\"{name}\":[{string.Join(',', queries.Select(query => query.Json))}]");
            }
        }
    }

    private static Func<SearchDocument, bool> Has(SearchFields fields, string field, Func<string, bool> fits) =>
        document => document.Values(fields.Find(field)!).Any(fits);

    private static Func<SearchDocument, bool> Moment(SearchFields fields, Func<long, bool> fits) =>
        Has(fields, "sourceUpdatedAt", value => fits(long.Parse(value, CultureInfo.InvariantCulture)));

    private static Func<SearchDocument, bool> HasWord(SearchFields fields, string word) => Has(fields, "name", value => Cut(value).Contains(word));

    private static Func<SearchDocument, bool> HasPhrase(SearchFields fields, string phrase, bool isBegun) =>
        Has(fields, "name", value => $" {string.Join(' ', Cut(value))} ".Contains(isBegun ? $" {phrase}" : $" {phrase} ", StringComparison.Ordinal));

    private static string[] Cut(string text) => text.ToLowerInvariant().Split(' ', '_');
}
