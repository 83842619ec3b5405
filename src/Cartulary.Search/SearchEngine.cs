using Cartulary.Core.Ports;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Types;
using Cartulary.Search.Following;
using Cartulary.Search.Indexing;
using Cartulary.Search.Searching;
using Microsoft.Extensions.Logging;

namespace Cartulary.Search;

/// <summary>
/// The search index of a server: a folder of its own that follows the catalog's log. What it finds is the exact state of the
/// catalog right after some commit, never before the one that a search asks for. Disposing ends it; it goes on from there when
/// the folder is opened again.
/// </summary>
public sealed class SearchEngine : ISearchIndex, IAsyncDisposable
{
    private readonly ICatalogStore _store;
    private readonly SearchOptions _options;
    private readonly TimeProvider _clock;
    private readonly IndexProgress _progress;
    private readonly Follower _follower;
    private readonly SemaphoreSlim _places;

    /// <summary>Makes it; it is opened when it is started.</summary>
    /// <param name="store">The catalog.</param>
    /// <param name="types">Its types.</param>
    /// <param name="options">Where it is kept and what it may do.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logger">Where it logs.</param>
    public SearchEngine(ICatalogStore store, TypeRegistrySource types, SearchOptions options, TimeProvider clock, ILogger<SearchEngine> logger)
    {
        _store = store;
        _options = options;
        _clock = clock;
        _progress = new IndexProgress(clock);
        _follower = new Follower(store, types, options, _progress, clock, logger);
        _places = new SemaphoreSlim(options.Concurrent);
    }

    /// <summary>How many events the index has still to follow; null while it cannot be searched.</summary>
    public long? Lag => _progress.View is { } view ? Math.Max(0, _store.Head.Sequence - view.Sequence) : null;

    /// <summary>How many assets can be searched; null while none can.</summary>
    public int? Documents => _progress.View?.Documents;

    /// <summary>Opens the index in the background, builds it if need be, and follows the log.</summary>
    public void Start() => _follower.Start();

    /// <inheritdoc/>
    /// <exception cref="SearchUnavailableException">The index does not get so far within the time that a search may wait.</exception>
    /// <exception cref="SearchRefusedException">The search asks for more than one may.</exception>
    public async ValueTask<SearchResult> SearchAsync(SearchRequest request, CatalogHead head, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var longest = TimeSpan.FromSeconds(_options.WaitSeconds);
        if (!await _places.WaitAsync(longest, cancellationToken))
        {
            throw new SearchUnavailableException("Too many searches run at once.", TimeSpan.FromSeconds(1));
        }

        try
        {
            var view = await _progress.TakeAsync(Wanted(head), longest - _clock.GetElapsedTime(start), cancellationToken);
            SearchMetrics.Waited(_clock.GetElapsedTime(start));
            try
            {
                return Search(view, request, cancellationToken);
            }
            finally
            {
                view.GiveBack();
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _follower.DisposeAsync();
        _progress.Dispose();
        _places.Dispose();
    }

    /// <summary>What a state must have followed. Any state of a log that took the place of the one that was seen is newer than what was seen.</summary>
    private Func<CatalogHead> Wanted(CatalogHead seen)
    {
        var registryVersion = _store.Head.RegistryVersion;
        return () => _store.Head is var present && present.LogId == seen.LogId
            ? seen with { RegistryVersion = registryVersion }
            : present with { Sequence = 0, RegistryVersion = 0 };
    }

    private SearchResult Search(IndexView view, SearchRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(_options.LongestSeconds), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var start = _clock.GetTimestamp();
        var outcome = "failed";
        try
        {
            RequestFields.Check(request, SearchFields.Of(view.Registry));
            var result = IndexSearch.Run(view.Reader, view.Sequence, request, _options.Bounds, either.Token);
            outcome = "found";
            return result;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            outcome = "refused";
            throw SearchBounds.TooLarge($"The search took more than {_options.LongestSeconds} seconds.");
        }
        catch (SearchRefusedException)
        {
            outcome = "refused";
            throw;
        }
        catch (Exception failure) when (failure is not OperationCanceledException && IndexFault.IsDamage(failure) && failure is not ArgumentException)
        {
            _follower.ReportDamage(failure);
            throw new SearchUnavailableException("The search index is damaged and will be built again.", TimeSpan.FromSeconds(5));
        }
        finally
        {
            SearchMetrics.Searched(_clock.GetElapsedTime(start), outcome);
        }
    }
}
