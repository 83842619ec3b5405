using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Query.Search;
using Cartulary.Search.Following;
using Cartulary.Testing;

namespace Cartulary.Search.Tests;

/// <summary>The index of a test catalog, in a folder that the test owns.</summary>
internal sealed class TestIndex : IAsyncDisposable
{
    private readonly TestCatalog _catalog;
    private readonly ICatalogStore _store;
    private readonly SearchEngine _engine;

    private TestIndex(TestCatalog catalog, ICatalogStore store, SearchEngine engine, ListLogger logger)
    {
        _catalog = catalog;
        _store = store;
        _engine = engine;
        Logger = logger;
    }

    public ListLogger Logger { get; }

    /// <summary>How often the index was built since it was opened.</summary>
    public int Builds => Logger.Events.Count(id => id == 1700);

    /// <summary>Opens the index of a catalog, seen through another store where one is given.</summary>
    public static TestIndex Open(TestCatalog catalog, string folder, double waitSeconds = 60, double commitSeconds = 3_600, ICatalogStore? through = null)
    {
        var store = through ?? catalog.Store;
        var logger = new ListLogger();
        var options = new SearchOptions { Path = folder, WaitSeconds = waitSeconds, CommitSeconds = commitSeconds };
        var engine = new SearchEngine(store, catalog.Types, options, TimeProvider.System, logger);
        engine.Start();
        return new TestIndex(catalog, store, engine, logger);
    }

    public static string NewFolder() => Path.Combine(Directory.CreateTempSubdirectory("cartulary-search-").FullName, "index");

    /// <summary>The field of a name.</summary>
    public SearchField Field(string name) =>
        SearchFields.Of(_catalog.Types.Newest).Find(name) ?? throw new InvalidOperationException($"no field {name}");

    /// <summary>The qualified names of the assets whose field has a value, as of now.</summary>
    public async Task<List<string>> FindAsync(string field, string value)
    {
        var expression = new SearchExpression.OneOf(Field(field), [value], IgnoresCase: false);
        var result = await SearchAsync(expression);
        result.Hits.Length.ShouldBe((int)result.Total);
        return [.. result.Hits.Select(hit => hit.SortValues[0]!)];
    }

    /// <summary>All that matches, in the order of qualified names.</summary>
    public ValueTask<SearchResult> SearchAsync(SearchExpression expression) => _engine.SearchAsync(
        new SearchRequest(
            expression, null, [new SearchSort(Field("qualifiedName"), IsDescending: false, MissingFirst: false)], 0, 10_000, [], ImmutableArray<SearchAggregation>.Empty),
        _store.Head,
        TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
