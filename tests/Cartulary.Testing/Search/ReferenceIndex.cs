using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Cartulary.Core.Query.Search;

namespace Cartulary.Testing.Search;

/// <summary>
/// Searches a few documents by looking at each of them: what an index must find, as plainly as it can be said. Scores are all
/// zero, and phrases have no slop.
/// </summary>
public sealed class ReferenceIndex(IReadOnlyCollection<SearchDocument> documents)
{
    /// <summary>Searches.</summary>
    public SearchResult Search(SearchRequest request)
    {
        var matching = documents.Where(document => Matches(request.Expression, document)).ToList();
        var told = Ordered(matching.Where(document => request.PostFilter is null || Matches(request.PostFilter, document)), request.Sort);
        var after = request.After.IsEmpty ? told : told.Where(document => IsAfter(document, request.Sort, request.After));
        return new SearchResult(
            0,
            told.Count,
            [.. after.Skip(request.From).Take(request.Size).Select(document => Hit(document, request.Sort))],
            Aggregate(request.Aggregations, matching));
    }

    /// <summary>Whether a document matches.</summary>
    public static bool Matches(SearchExpression expression, SearchDocument document) => expression switch
    {
        SearchExpression.Everything => true,
        SearchExpression.Nothing => false,
        SearchExpression.OneOf one => Terms(one.Field, document).Any(term => one.Values.Any(value => Same(one.Field, term, value, one.IgnoresCase))),
        SearchExpression.Prefix prefix => Terms(prefix.Field, document).Any(term => term.StartsWith(prefix.Value, Comparison(prefix.IgnoresCase))),
        SearchExpression.Wildcard wildcard => Terms(wildcard.Field, document).Any(term => Fits(WildcardPattern(wildcard.Pattern), term, wildcard.IgnoresCase)),
        SearchExpression.Regexp regexp => Terms(regexp.Field, document).Any(term => Fits(regexp.Pattern, term, regexp.IgnoresCase)),
        SearchExpression.Fuzzy fuzzy => Terms(fuzzy.Field, document).Any(term => IsNear(term, fuzzy.Value, fuzzy.Edits, fuzzy.PrefixLength)),
        SearchExpression.Range range => document.Values(range.Field).Any(value => Lies(range, value)),
        SearchExpression.Exists exists => !document.Values(exists.Field).IsEmpty,
        SearchExpression.Words words => words.Texts.Count(text => Terms(words.Field, document).Any(term => IsNear(term, text, words.Edits, 0))) >= words.AtLeast,
        SearchExpression.Phrase phrase => document.Values(phrase.Field).Any(value => Holds(SearchWords.Of(phrase.Field, value), phrase)),
        SearchExpression.Span span => Stretches(span.Pattern, Places(span.Field, document)).Count > 0,
        SearchExpression.Group group => group.Must.Concat(group.Filter).All(one => Matches(one, document)) && !group.MustNot.Any(one => Matches(one, document))
            && group.Should.Count(one => Matches(one, document)) >= group.AtLeast,
        SearchExpression.Best best => best.Of.Any(one => Matches(one, document)),
        SearchExpression.Weighted weighted => Matches(weighted.Inner, document),
        _ => throw new System.Diagnostics.UnreachableException(expression.GetType().Name),
    };

    private static IEnumerable<string> Terms(SearchField field, SearchDocument document) =>
        field.Kind == SearchFieldKind.Text ? document.Values(field).SelectMany(value => SearchWords.Of(field, value)) : document.Values(field);

    private static bool Same(SearchField field, string term, string value, bool ignoresCase) => field.Kind is SearchFieldKind.Integer or SearchFieldKind.Decimal
        ? Number(term) == Number(value)
        : term.Equals(value, Comparison(ignoresCase));

    private static StringComparison Comparison(bool ignoresCase) => ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static bool Fits(string pattern, string term, bool ignoresCase) =>
        Regex.IsMatch(term, $"^(?:{pattern})$", RegexOptions.CultureInvariant | RegexOptions.Singleline | (ignoresCase ? RegexOptions.IgnoreCase : RegexOptions.None), TimeSpan.FromSeconds(5));

    private static string WildcardPattern(string pattern)
    {
        var regex = new System.Text.StringBuilder();
        for (var at = 0; at < pattern.Length; at++)
        {
            regex.Append(pattern[at] switch
            {
                '*' => ".*",
                '?' => ".",
                '\\' when at + 1 < pattern.Length => Regex.Escape(pattern[++at].ToString()),
                var other => Regex.Escape(other.ToString()),
            });
        }

        return regex.ToString();
    }

    private static bool IsNear(string term, string value, int edits, int prefix) =>
        string.CompareOrdinal(term, 0, value, 0, prefix) == 0 && Distance(term, value) <= edits;

    /// <summary>Edits between two texts; a swap of two neighbours is one.</summary>
    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                table[i, j] = i == 0 ? j : j == 0 ? i : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    Math.Min(
                        table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1),
                        i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] ? table[i - 2, j - 2] + 1 : int.MaxValue));
            }
        }

        return table[one.Length, other.Length];
    }

    private static bool Lies(SearchExpression.Range range, string value) =>
        (range.From is not { } from || Compare(range.Field, value, from.Value) is var low && (low > 0 || (low == 0 && from.IsInclusive)))
        && (range.To is not { } to || Compare(range.Field, value, to.Value) is var high && (high < 0 || (high == 0 && to.IsInclusive)));

    private static int Compare(SearchField field, string one, string other) => field.Kind switch
    {
        SearchFieldKind.Integer => long.Parse(one, CultureInfo.InvariantCulture).CompareTo(long.Parse(other, CultureInfo.InvariantCulture)),
        SearchFieldKind.Decimal => Number(one).CompareTo(Number(other)),
        _ => string.CompareOrdinal(one, other),
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static bool Holds(ImmutableArray<string> words, SearchExpression.Phrase phrase) =>
        Enumerable.Range(0, Math.Max(0, words.Length - phrase.Texts.Length + 1)).Any(start => Enumerable.Range(0, phrase.Texts.Length).All(at =>
            phrase.LastIsPrefix && at == phrase.Texts.Length - 1
                ? words[start + at].StartsWith(phrase.Texts[at], StringComparison.Ordinal)
                : words[start + at] == phrase.Texts[at]));

    /// <summary>The words of a field with their places; 100 lie between two values.</summary>
    private static List<(int Place, string Word)> Places(SearchField field, SearchDocument document)
    {
        var places = new List<(int Place, string Word)>();
        var next = 0;
        foreach (var value in document.Values(field))
        {
            foreach (var word in SearchWords.Of(field, value))
            {
                places.Add((next++, word));
            }

            next += 99;
        }

        return places;
    }

    private static List<(int Start, int End)> Stretches(SpanPattern pattern, List<(int Place, string Word)> words)
    {
        List<(int Start, int End)> Of(SpanPattern part) => Stretches(part, words);
        return pattern switch
        {
            SpanPattern.Word word => [.. words.Where(one => one.Word == word.Text).Select(one => (one.Place, one.Place + 1))],
            SpanPattern.Any any => [.. any.Of.SelectMany(Of).Distinct()],
            SpanPattern.First first => [.. Of(first.Of).Where(span => span.End <= first.End)],
            SpanPattern.Within within => [.. Of(within.Little).Where(span => Of(within.Big).Exists(big => big.Start <= span.Start && span.End <= big.End))],
            SpanPattern.Around around => [.. Of(around.Big).Where(span => Of(around.Little).Exists(little => span.Start <= little.Start && little.End <= span.End))],
            SpanPattern.Without without => [.. Of(without.Include).Where(span => Of(without.Exclude).TrueForAll(other => other.End <= span.Start - without.Before || other.Start >= span.End + without.After))],
            SpanPattern.Near near => [.. Ways([.. near.Of.Select(Of)]).Where(way => Fits(near, way)).Select(way => (way.Min(span => span.Start), way.Max(span => span.End))).Distinct()],
            _ => throw new System.Diagnostics.UnreachableException(pattern.GetType().Name),
        };
    }

    /// <summary>Every way to take one of each.</summary>
    private static IEnumerable<ImmutableArray<(int Start, int End)>> Ways(ImmutableArray<List<(int Start, int End)>> parts) => parts.IsEmpty
        ? [[]]
        : parts[0].SelectMany(first => Ways(parts[1..]).Select(rest => rest.Insert(0, first)));

    private static bool Fits(SpanPattern.Near near, ImmutableArray<(int Start, int End)> way) =>
        (!near.IsOrdered || Enumerable.Range(1, way.Length - 1).All(at => way[at].Start >= way[at - 1].End))
        && way.Max(span => span.End) - way.Min(span => span.Start) - way.Sum(span => span.End - span.Start) <= near.Slop;

    private static List<SearchDocument> Ordered(IEnumerable<SearchDocument> matching, ImmutableArray<SearchSort> sort) =>
        [.. matching.Order(Comparer<SearchDocument>.Create((one, other) => sort.Select(key => CompareKeys(key, Key(one, key), Key(other, key))).FirstOrDefault(difference => difference != 0) switch
        {
            0 => string.CompareOrdinal(one.Guid.ToString(), other.Guid.ToString()),
            var difference => difference,
        }))];

    private static string? Key(SearchDocument document, SearchSort key)
    {
        if (key.Field is null)
        {
            return "0";
        }

        var values = document.Values(key.Field).Order(Comparer<string>.Create((one, other) => Compare(key.Field, one, other))).ToList();
        return values.Count == 0 ? null : key.IsDescending ? values[^1] : values[0];
    }

    private static int CompareKeys(SearchSort key, string? one, string? other) => (one, other) switch
    {
        (null, null) => 0,
        (null, _) => key.MissingFirst ? -1 : 1,
        (_, null) => key.MissingFirst ? 1 : -1,
        _ when key.Field is null => 0,
        _ => key.IsDescending ? Compare(key.Field!, other, one) : Compare(key.Field!, one, other),
    };

    private static bool IsAfter(SearchDocument document, ImmutableArray<SearchSort> sort, ImmutableArray<string?> after) =>
        sort.Select((key, index) => CompareKeys(key, Key(document, key), after[index])).FirstOrDefault(difference => difference != 0) > 0;

    private static SearchHit Hit(SearchDocument document, ImmutableArray<SearchSort> sort) =>
        new(document.Asset, document.Guid, 0, [.. sort.Select(key => Key(document, key))]);

    private static ImmutableArray<SearchAggregate> Aggregate(ImmutableArray<SearchAggregation> aggregations, List<SearchDocument> documents) =>
        [.. aggregations.Select(aggregation => Aggregate(aggregation, documents))];

    private static SearchAggregate Aggregate(SearchAggregation aggregation, List<SearchDocument> documents)
    {
        switch (aggregation)
        {
            case SearchAggregation.Filter filter:
                var kept = documents.Where(document => Matches(filter.Expression, document)).ToList();
                return new SearchAggregate.Buckets(filter, [new SearchBucket("", kept.Count, Aggregate(filter.Inner, kept))], 0);
            case SearchAggregation.TopHits top:
                return new SearchAggregate.Top(top, documents.Count, [.. Ordered(documents, top.Sort).Take(top.Size).Select(document => Hit(document, top.Sort))]);
            case SearchAggregation.Metric metric:
                var numbers = documents.SelectMany(document => document.Values(metric.Field)).ToList();
                return new SearchAggregate.Number(metric, metric.Of switch
                {
                    SearchMetric.ValueCount => numbers.Count,
                    SearchMetric.Cardinality => numbers.Distinct().Count(),
                    _ when numbers.Count == 0 => null,
                    SearchMetric.Min => numbers.Min(Number),
                    SearchMetric.Max => numbers.Max(Number),
                    SearchMetric.Sum => numbers.Sum(Number),
                    _ => numbers.Average(Number),
                });
            case SearchAggregation.Terms terms:
                return OfTerms(terms, documents);
            default:
                throw new System.Diagnostics.UnreachableException(aggregation.GetType().Name);
        }
    }

    private static bool? Chosen(SearchValueChoice? choice, string value) =>
        choice is null ? null : choice.Pattern is { } pattern ? Fits(pattern, value, ignoresCase: false) : choice.Values.Contains(value);

    private static SearchAggregate.Buckets OfTerms(SearchAggregation.Terms terms, List<SearchDocument> documents)
    {
        var byKey = documents.SelectMany(document => document.Values(terms.Field).Where(value => Chosen(terms.Include, value) != false && Chosen(terms.Exclude, value) != true).Select(value => (Value: value, document)))
            .GroupBy(one => one.Value, one => one.document, StringComparer.Ordinal).Where(group => group.Count() >= terms.CountAtLeast)
            .Select(group => new SearchBucket(group.Key, group.Count(), Aggregate(terms.Inner, [.. group])))
            .OrderBy(bucket => bucket.Key, Comparer<string>.Create((one, other) => Compare(terms.Field, one, other)));
        var ordered = terms.Order switch
        {
            { By: "_key", IsDescending: true } => byKey.Reverse().ToList(),
            { By: "_key" } => byKey.ToList(),
            { By: "_count", IsDescending: true } => byKey.OrderByDescending(bucket => bucket.Count).ToList(),
            { By: "_count" } => byKey.OrderBy(bucket => bucket.Count).ToList(),
            _ => throw new System.Diagnostics.UnreachableException(terms.Order.By),
        };
        return new SearchAggregate.Buckets(terms, [.. ordered.Take(terms.Size)], ordered.Skip(terms.Size).Sum(bucket => bucket.Count));
    }
}
