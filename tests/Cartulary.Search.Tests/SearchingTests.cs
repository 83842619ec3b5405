using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Search.Indexing;
using Cartulary.Search.Searching;

namespace Cartulary.Search.Tests;

/// <summary>What searches find among a few documents, which stand in several segments.</summary>
public sealed class SearchingTests : IDisposable
{
    private static readonly SearchField Name = new("name", SearchFieldKind.Text);
    private static readonly SearchField Verbatim = new("__classificationsText.text", SearchFieldKind.Text);
    private static readonly SearchField Key = new("key", SearchFieldKind.Keyword);
    private static readonly SearchField Folded = new("name.keyword", SearchFieldKind.FoldedKeyword);
    private static readonly SearchField Size = new("size", SearchFieldKind.Integer);
    private static readonly SearchField Rate = new("rate", SearchFieldKind.Decimal);
    private static readonly SearchField At = new("at", SearchFieldKind.Integer, IsDate: true);
    private static readonly SearchField Owner = new("owner", SearchFieldKind.Keyword);
    private static readonly SearchBounds Bounds = new(Buckets: 50, Expressions: 100, Depth: 20, PatternStates: 500);
    private readonly string _folder = TestIndex.NewFolder();
    private readonly IndexFolder _index;

    public SearchingTests()
    {
        _index = IndexFolder.Open(_folder, 16);
        Put(1, "Fact Orders", "db/fact_orders", "5", "0.5", "2026-01-01T10:00:00Z", "al", "jo");
        Put(2, "Dim Customers", "db/dim_customers", "-3", "2.5", "2026-01-02T10:00:00Z", "jo");
        _index.Read(null).Dispose();
        Put(3, "orders archive", "db/ORDERS", null, null, "2026-01-04T00:00:00Z");
        Put(4, "Orders of customers", "x", "5", "-1", "2026-02-01T00:00:00Z", "al");
    }

    public void Dispose()
    {
        _index.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    [Fact]
    public void Whole_texts_are_found_by_their_characters()
    {
        Find(OneOf(Key, "db/fact_orders", "x")).ShouldBe([1, 4]);
        Find(OneOf(Key, "db/orders")).ShouldBeEmpty();
        Find(new SearchExpression.OneOf(Key, ["db/orders"], IgnoresCase: true)).ShouldBe([3]);
        Find(OneOf(Folded, "FACT ORDERS")).ShouldBe([1]);
        Find(new SearchExpression.Prefix(Key, "db/", IgnoresCase: false)).ShouldBe([1, 2, 3]);
        Find(new SearchExpression.Prefix(Key, "DB/o", IgnoresCase: true)).ShouldBe([3]);
        Find(new SearchExpression.Wildcard(Key, "db/*_?r*", IgnoresCase: false)).ShouldBe([1]);
        Find(new SearchExpression.Wildcard(Key, "*/orders", IgnoresCase: true)).ShouldBe([3]);
        Find(new SearchExpression.Regexp(Key, "db/(fact|dim)_[a-z]{6,9}", IgnoresCase: false)).ShouldBe([1, 2]);
        Find(new SearchExpression.Regexp(Key, "db/[^f].*", IgnoresCase: false)).ShouldBe([2, 3]);
        Find(new SearchExpression.Regexp(Key, "DB/\"orders\"", IgnoresCase: true)).ShouldBe([3]);
        Find(new SearchExpression.Fuzzy(Key, "db/fatc_orders", 1, 3)).ShouldBe([1]);
        Find(new SearchExpression.Range(Key, new SearchBound("db/e", true), new SearchBound("db/z", true))).ShouldBe([1]);
    }

    [Fact]
    public void Words_are_found_and_counted()
    {
        Find(new SearchExpression.Words(Name, ["orders", "customers"], 1, 0)).ShouldBe([1, 2, 3, 4]);
        Find(new SearchExpression.Words(Name, ["orders", "customers"], 2, 0)).ShouldBe([4]);
        Find(new SearchExpression.Words(Name, ["ordres"], 1, 1)).ShouldBe([1, 3, 4]);
        Find(new SearchExpression.Phrase(Name, ["orders", "of", "customers"], 0, false)).ShouldBe([4]);
        Find(new SearchExpression.Phrase(Name, ["orders", "customers"], 0, false)).ShouldBeEmpty();
        Find(new SearchExpression.Phrase(Name, ["orders", "customers"], 1, false)).ShouldBe([4]);
        Find(new SearchExpression.Phrase(Name, ["orders", "a"], 0, true)).ShouldBe([3]);
        Find(new SearchExpression.Phrase(Name, ["cust"], 0, true)).ShouldBe([2, 4]);
    }

    [Fact]
    public void Words_are_found_by_their_places()
    {
        PutWords(11, "T tagAttachmentValue not secret tagAttachmentKey q/A", "U tagAttachmentValue secret tagAttachmentKey q/B");
        PutWords(12, "T tagAttachmentValue secret tagAttachmentKey q/A");
        PutWords(13, "b a b c b");

        Find(Near(0, true, W("tagAttachmentValue"), W("secret"), W("tagAttachmentKey"))).ShouldBe([11, 12]);
        Find(Within(Near(0, true, W("tagAttachmentValue"), W("secret"), W("tagAttachmentKey")), Near(1_000_000, true, W("T"), W("q/A")))).ShouldBe([12]);
        Find(Within(Near(0, true, W("tagAttachmentValue"), W("not"), W("secret"), W("tagAttachmentKey")), Near(1_000_000, true, W("T"), W("q/A")))).ShouldBe([11]);
        Find(Near(50, true, W("not"), W("U"))).ShouldBeEmpty("no stretch of few words goes from one value into the next");
        Find(Near(200, true, W("not"), W("U"))).ShouldBe([11]);
        Find(Near(0, true, W("a"), W("b"), W("c"))).ShouldBe([13]);
        Find(Near(0, true, W("c"), W("a"))).ShouldBeEmpty();
        Find(Near(1, false, W("c"), W("a"))).ShouldBe([13]);
        Find(Near(0, false, W("c"), W("a"))).ShouldBeEmpty();
        Find(Near(0, true, new SpanPattern.Any([W("a"), Near(0, true, W("a"), W("b"))]), W("c"))).ShouldBe([13], "each part is taken in every way");
        Find(new SpanPattern.First(W("b"), 1)).ShouldBe([13]);
        Find(new SpanPattern.First(W("a"), 1)).ShouldBeEmpty();
        Find(new SpanPattern.Without(W("b"), W("a"), 1, 1)).ShouldBe([13], "the last one is far enough");
        Find(new SpanPattern.Without(W("b"), W("c"), 3, 2)).ShouldBe([13], "the first one is");
        Find(new SpanPattern.Without(W("b"), W("c"), 3, 3)).ShouldBeEmpty();
        Find(new SpanPattern.Around(Near(1, true, W("a"), W("c")), W("b"))).ShouldBe([13]);
        Find(new SpanPattern.Around(Near(1, true, W("a"), W("c")), W("T"))).ShouldBeEmpty();
        Find(W("secret")).ShouldBe([11, 12]);
        Find(W("nowhere")).ShouldBeEmpty();

        static SpanPattern W(string word) => new SpanPattern.Word(word);
        static SpanPattern Near(int slop, bool isOrdered, params ImmutableArray<SpanPattern> parts) => new SpanPattern.Near(parts, slop, isOrdered);
        static SpanPattern Within(SpanPattern little, SpanPattern big) => new SpanPattern.Within(little, big);
    }

    [Fact]
    public void A_pattern_of_too_many_places_is_refused()
    {
        PutWords(11, string.Join(' ', Enumerable.Repeat("a", 600)));
        var word = new SpanPattern.Word("a");

        Should.Throw<SearchRefusedException>(() => Find(new SpanPattern.Near([word, word], 1_000, IsOrdered: false))).Problem.Code.ShouldBe(ErrorCodes.SearchTooLarge);
    }

    [Fact]
    public void Numbers_are_found_by_their_value()
    {
        Find(OneOf(Size, "5", "6")).ShouldBe([1, 4]);
        Find(OneOf(Rate, "2.50")).ShouldBe([2]);
        Find(new SearchExpression.Range(Size, null, new SearchBound("5", false))).ShouldBe([2]);
        Find(new SearchExpression.Range(Rate, new SearchBound("-1", true), new SearchBound("2.5", false))).ShouldBe([1, 4]);
        Find(new SearchExpression.Exists(Size)).ShouldBe([1, 2, 4]);
        Find(new SearchExpression.Exists(Name)).ShouldBe([1, 2, 3, 4]);
        Find(new SearchExpression.Exists(new SearchField("nothing", SearchFieldKind.Text))).ShouldBeEmpty();
    }

    [Fact]
    public void Groups_are_what_they_say()
    {
        Find(new SearchExpression.Group([], [], [], [], 0)).ShouldBe([1, 2, 3, 4]);
        Find(new SearchExpression.Group([], [], [], [OneOf(Size, "5")], 0)).ShouldBe([2, 3]);
        Find(new SearchExpression.Group([OneOf(Size, "5")], [OneOf(Owner, "al")], [], [OneOf(Key, "x")], 0)).ShouldBe([1]);
        Find(new SearchExpression.Group([], [], [OneOf(Owner, "al"), OneOf(Owner, "jo"), OneOf(Size, "5")], [], 2)).ShouldBe([1, 4]);
        Find(new SearchExpression.Group([], [], [OneOf(Owner, "al")], [], 2)).ShouldBeEmpty();
        Find(new SearchExpression.Best([OneOf(Key, "x"), OneOf(Size, "-3")], 0)).ShouldBe([2, 4]);
    }

    [Fact]
    public void Scores_count_what_matches()
    {
        var words = new SearchExpression.Words(Name, ["orders", "customers"], 1, 0);
        var result = Run(Request(new SearchExpression.Group(
            [words], [OneOf(Owner, "al", "jo")], [new SearchExpression.Weighted(OneOf(Size, "5"), 0.5, IsConstant: false)], [], 0)) with
        { Sort = [] });

        result.Hits.Select(hit => (hit.Asset.Value, hit.Score)).ShouldBe([(4, 2.5), (1, 1.5), (2, 1.0)]);
        Run(Request(new SearchExpression.Weighted(words, 3, IsConstant: true)) with { Sort = [] }).Hits.Select(hit => hit.Score).Distinct().ShouldBe([3.0]);
    }

    [Fact]
    public void Results_come_in_the_order_of_several_keys_and_then_of_guids()
    {
        Sorted(new SearchSort(Size, IsDescending: true, MissingFirst: false)).ShouldBe([1, 4, 2, 3]);
        Sorted(new SearchSort(Size, IsDescending: false, MissingFirst: true)).ShouldBe([3, 2, 1, 4]);
        Sorted(new SearchSort(Size, true, true), new SearchSort(Rate, false, false)).ShouldBe([3, 4, 1, 2]);
        Sorted(new SearchSort(Owner, IsDescending: false, MissingFirst: false)).ShouldBe([1, 4, 2, 3]);
        Sorted(new SearchSort(Owner, IsDescending: true, MissingFirst: false)).ShouldBe([1, 2, 4, 3]);
        Sorted(new SearchSort(Folded, IsDescending: false, MissingFirst: false)).ShouldBe([2, 1, 3, 4]);
        Sorted(new SearchSort(new SearchField("nothing", SearchFieldKind.Keyword), true, false)).ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void Pages_follow_one_another_by_place_and_by_what_came_before()
    {
        ImmutableArray<SearchSort> sort = [new SearchSort(Size, true, false), new SearchSort(new SearchField("__guid", SearchFieldKind.Keyword), false, false)];
        var all = new SearchRequest(new SearchExpression.Everything(), null, sort, 0, 10, [], []);
        var expected = Run(all).Hits.Select(hit => hit.Asset.Value).ToList();
        expected.ShouldBe([1, 4, 2, 3]);

        for (var size = 1; size <= 4; size++)
        {
            var (byPlace, byValue) = (new List<long>(), new List<long>());
            var after = ImmutableArray<string?>.Empty;
            for (var from = 0; from < 4; from += size)
            {
                byPlace.AddRange(Run(all with { From = from, Size = size }).Hits.Select(hit => hit.Asset.Value));
                var page = Run(all with { Size = size, After = after });
                page.Total.ShouldBe(4);
                byValue.AddRange(page.Hits.Select(hit => hit.Asset.Value));
                after = page.Hits[^1].SortValues;
            }

            byPlace.ShouldBe(expected);
            byValue.ShouldBe(expected);
        }
    }

    [Fact]
    public void A_post_filter_is_for_the_page_only()
    {
        var result = Run(Request(new SearchExpression.Everything()) with
        {
            PostFilter = OneOf(Size, "5"),
            Aggregations = [new SearchAggregation.Metric("n", Size, SearchMetric.ValueCount)],
        });

        result.Total.ShouldBe(2);
        ((SearchAggregate.Number)result.Aggregations[0]).Value.ShouldBe(3);
    }

    [Fact]
    public void Terms_are_counted_over_all_segments()
    {
        var byCount = new SearchBucketOrder("_count", IsDescending: true);
        var owners = Buckets(new SearchAggregation.Terms("o", Owner, 1, 1, byCount, [new SearchAggregation.Metric("sum", Size, SearchMetric.Sum)]));
        owners.List.Select(bucket => (bucket.Key, bucket.Count, ((SearchAggregate.Number)bucket.Inner[0]).Value)).ShouldBe([("al", 2L, (double?)10)]);
        owners.OtherCount.ShouldBe(2);

        var sizes = Buckets(new SearchAggregation.Terms("s", Size, 10, 1, new SearchBucketOrder("_key", IsDescending: false), []));
        sizes.List.Select(bucket => (bucket.Key, bucket.Count)).ShouldBe([("-3", 1L), ("5", 2L)]);

        var byRate = Buckets(new SearchAggregation.Terms(
            "o", Owner, 10, 1, new SearchBucketOrder("r", IsDescending: true), [new SearchAggregation.Metric("r", Rate, SearchMetric.Max)]));
        byRate.List.Select(bucket => bucket.Key).ShouldBe(["jo", "al"]);

        Terms(Owner, include: new([], "[j].*"), exclude: null).ShouldBe([("jo", 2L)]);
        Terms(Owner, include: new(["jo", "al", "no"], null), exclude: new(["al"], null)).ShouldBe([("jo", 2L)]);
        Terms(Size, include: null, exclude: new(["5"], null)).ShouldBe([("-3", 1L)]);
        Terms(Folded, include: new([], "DIM.*|fact.*"), exclude: null).ShouldBe([("dim customers", 1L), ("fact orders", 1L)]);

        var withZero = Run(Request(OneOf(Key, "x")) with
        {
            Aggregations = [new SearchAggregation.Terms("o", Owner, 10, 0, byCount, [])],
        });
        ((SearchAggregate.Buckets)withZero.Aggregations[0]).List.Select(bucket => (bucket.Key, bucket.Count)).ShouldBe([("al", 1L), ("jo", 0L)]);
    }

    [Fact]
    public void Numbers_are_computed_over_all_values()
    {
        Metric(Size, SearchMetric.Min).ShouldBe(-3);
        Metric(Size, SearchMetric.Max).ShouldBe(5);
        Metric(Size, SearchMetric.Sum).ShouldBe(7);
        Metric(Rate, SearchMetric.Average).ShouldBe(2.0 / 3);
        Metric(Owner, SearchMetric.ValueCount).ShouldBe(4);
        Metric(Owner, SearchMetric.Cardinality).ShouldBe(2);
        Metric(new SearchField("nothing", SearchFieldKind.Integer), SearchMetric.Max).ShouldBeNull();
    }

    [Fact]
    public void Times_are_counted_by_intervals()
    {
        var days = Buckets(new SearchAggregation.DateHistogram("d", At, new SearchInterval("month", 0), 0, []));
        days.List.Select(bucket => (Show(bucket.Key), bucket.Count)).ShouldBe([("2026-01-01", 3L), ("2026-02-01", 1L)]);

        var few = Buckets(new SearchAggregation.DateHistogram("d", At, new SearchInterval(null, 86_400_000), 0, []));
        few.List.Length.ShouldBe(32);
        few.List.Take(4).Select(bucket => bucket.Count).ShouldBe([1, 1, 0, 1]);

        static string Show(string key) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(key, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    [Fact]
    public void The_first_of_a_bucket_are_shown()
    {
        var filter = Buckets(new SearchAggregation.Filter(
            "f", OneOf(Owner, "jo"), [new SearchAggregation.TopHits("t", 1, [new SearchSort(Size, false, false)], [])]));

        filter.List.Single().Count.ShouldBe(2);
        var top = (SearchAggregate.Top)filter.List.Single().Inner[0];
        top.Total.ShouldBe(2);
        top.Hits.Single().Asset.Value.ShouldBe(2);
    }

    [Fact]
    public void What_would_take_too_much_is_refused()
    {
        Refused(new SearchExpression.Wildcard(Key, $"*a{new string('?', 30)}", IgnoresCase: false)).ShouldBe(ErrorCodes.SearchTooLarge);
        Refused(new SearchExpression.Regexp(Key, "(a|b)*a(a|b){30}", IgnoresCase: false)).ShouldBe(ErrorCodes.SearchTooLarge);
        Refused(new SearchExpression.Regexp(Key, "((a{100}){100}){100}", IgnoresCase: false)).ShouldBe(ErrorCodes.SearchTooLarge);
        Refused(new SearchExpression.Regexp(Key, "(a", IgnoresCase: false)).ShouldBe(ErrorCodes.UnsupportedQuery);
        Refused(new SearchExpression.Regexp(Key, "~a", IgnoresCase: false)).ShouldBe(ErrorCodes.UnsupportedQuery);
        var everything = Request(new SearchExpression.Everything());
        Should.Throw<SearchRefusedException>(() => Run(everything with
        {
            Aggregations = [new SearchAggregation.DateHistogram("d", At, new SearchInterval("hour", 0), 0, [])],
        })).Problem.Code.ShouldBe(ErrorCodes.SearchTooLarge);
    }

    private IEnumerable<(string Key, long Count)> Terms(SearchField field, SearchValueChoice? include, SearchValueChoice? exclude) =>
        Buckets(new SearchAggregation.Terms("t", field, 10, 1, new SearchBucketOrder("_key", IsDescending: false), []) { Include = include, Exclude = exclude })
            .List.Select(bucket => (bucket.Key, bucket.Count));

    private List<long> Find(SpanPattern pattern) => Find(new SearchExpression.Span(Verbatim, pattern));

    private void PutWords(long asset, params ImmutableArray<string> values)
    {
        var guid = new Guid((int)asset, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
        _index.Put(new SearchDocument(new AssetId(asset), guid, [new(new SearchField("__guid", SearchFieldKind.Keyword), [guid.ToString("D")]), new(Verbatim, values)], []));
    }

    private static SearchExpression.OneOf OneOf(SearchField field, params ImmutableArray<string> values) => new(field, values, IgnoresCase: false);

    private static SearchRequest Request(SearchExpression expression) =>
        new(expression, null, [new SearchSort(Key, IsDescending: false, MissingFirst: false)], 0, 100, [], []);

    private ErrorCode Refused(SearchExpression expression) => Should.Throw<SearchRefusedException>(() => Find(expression)).Problem.Code;

    private List<long> Find(SearchExpression expression)
    {
        var result = Run(Request(expression));
        result.Total.ShouldBe(result.Hits.Length);
        return [.. result.Hits.Select(hit => hit.Asset.Value).Order()];
    }

    private List<long> Sorted(params ImmutableArray<SearchSort> sort) =>
        [.. Run(new SearchRequest(new SearchExpression.Everything(), null, sort, 0, 100, [], [])).Hits.Select(hit => hit.Asset.Value)];

    private double? Metric(SearchField field, SearchMetric metric) => ((SearchAggregate.Number)Run(Request(new SearchExpression.Everything()) with
    {
        Aggregations = [new SearchAggregation.Metric("m", field, metric)],
    }).Aggregations[0]).Value;

    private SearchAggregate.Buckets Buckets(SearchAggregation aggregation) =>
        (SearchAggregate.Buckets)Run(Request(new SearchExpression.Everything()) with { Aggregations = [aggregation] }).Aggregations[0];

    private SearchResult Run(SearchRequest request)
    {
        using var reader = _index.Read(null);
        return IndexSearch.Run(reader, 0, request, Bounds, TestContext.Current.CancellationToken);
    }

    private void Put(long asset, string name, string key, string? size, string? rate, string at, params string[] owners)
    {
        var guid = new Guid((int)asset, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
        var time = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var fields = new List<SearchFieldValues>
        {
            new(new SearchField("__guid", SearchFieldKind.Keyword), [guid.ToString("D")]),
            new(Name, [name]),
            new(Folded, [SearchWords.Fold(name)]),
            new(Key, [key]),
            new(At, [time]),
        };
        if (size is not null)
        {
            fields.Add(new SearchFieldValues(Size, [size]));
        }

        if (rate is not null)
        {
            fields.Add(new SearchFieldValues(Rate, [rate]));
        }

        if (owners.Length > 0)
        {
            fields.Add(new SearchFieldValues(Owner, [.. owners]));
        }

        _index.Put(new SearchDocument(new AssetId(asset), guid, [.. fields], []));
    }
}
