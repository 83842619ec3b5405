using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>
/// Reads the log as events, in order, without gaps: a missing number is an error and never passed over. What was read and
/// rendered lately is remembered, so that many readers at the head of the log cost one reading of the store, and those who
/// find all they want remembered none.
/// </summary>
public sealed class EventFeed : IDisposable
{
    private const int ChunkEvents = 500;
    private const int ChunkBytes = 2 * 1024 * 1024;
    private const int ReadersBehind = 4;
    private readonly ICatalogStore _store;
    private readonly TypeRegistrySource _types;
    private readonly FeedLimits _limits;

    // At the head one reader fetches and the others find it done; those behind must not keep them waiting, nor take all of
    // the store's connections.
    private readonly SemaphoreSlim _atHead = new(1);
    private readonly SemaphoreSlim _behind = new(ReadersBehind);
    private readonly TakenSizes _read = new();
    private readonly TakenSizes _rendered = new();
    private volatile Memory _memory;
    private long _highest;

    /// <summary>A feed of a catalog.</summary>
    /// <param name="store">The catalog.</param>
    /// <param name="types">Its types.</param>
    /// <param name="limits">How much one reading may examine and return, and how much is remembered.</param>
    public EventFeed(ICatalogStore store, TypeRegistrySource types, FeedLimits limits)
    {
        _store = store;
        _types = types;
        _limits = limits;
        _memory = new Memory(store.Head.LogId, new CommitCache(limits.CacheBytes), new FilterBook());
        _highest = store.Head.Sequence;
    }

    /// <summary>
    /// The events after a position that match. The position must lie between the oldest kept sequence less one and the head;
    /// callers check that first. When it has been trimmed in between, the page ends before the gap and says so:
    /// <see cref="FeedPage.IsTrimmed"/>. When another log takes the place of this one meanwhile, the page ends too, with the head of
    /// the old one.
    /// </summary>
    /// <exception cref="InvalidDataException">The log has a gap or is damaged.</exception>
    public ValueTask<FeedPage> ReadAsync(FeedQuery query, CancellationToken cancellationToken) =>
        ReadAsync(query, reader: null, cancellationToken);

    /// <summary>Reads what a query wants again and again, each time from another position.</summary>
    public FeedReader ReaderOf(FeedQuery query) => new(this, query);

    internal async ValueTask<FeedPage> ReadAsync(FeedQuery query, FeedReader? reader, CancellationToken cancellationToken)
    {
        var head = _store.Head;
        var memory = MemoryOf(head.LogId);
        var cache = memory.Commits;
        var filter = reader?.FilterOf(memory.Filters) ?? memory.Filters.For(query);
        var page = new FeedPageBuilder(query, filter, _limits);
        while (!page.IsFull && page.Next < head.Sequence)
        {
            if (cache.Find(page.Next + 1) is { } known && page.Take(known))
            {
                continue;
            }

            if (!await FillAsync(page, cache, filter, head, cancellationToken))
            {
                return new FeedPage(page.Events, page.Next, _store.Head.LogId == head.LogId ? _store.Head : head);
            }
        }

        return new FeedPage(page.Events, page.Next, head);
    }

    /// <summary>One event; null when it has been trimmed, or is still to come.</summary>
    /// <exception cref="InvalidDataException">The log has a gap or is damaged.</exception>
    public async ValueTask<FeedEvent?> FindAsync(long sequence, CancellationToken cancellationToken)
    {
        if (sequence < _store.Head.Oldest)
        {
            return null;
        }

        var page = await ReadAsync(new FeedQuery(sequence - 1, 1), cancellationToken);
        return page.Events is [{ } found] && found.Sequence == sequence ? found : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _atHead.Dispose();
        _behind.Dispose();
    }

    /// <summary>What is remembered of a log; nothing of another one, whose sequences mean other events.</summary>
    private Memory MemoryOf(Guid log)
    {
        var memory = _memory;
        if (memory.Log != log)
        {
            _memory = memory = new Memory(log, new CommitCache(_limits.CacheBytes), new FilterBook());
            Interlocked.Exchange(ref _highest, _store.Head.Sequence);
        }

        return memory;
    }

    /// <summary>Reads, decodes and renders what a page needs next, and puts it in; false when it or its log is not there any more.</summary>
    private async ValueTask<bool> FillAsync(
        FeedPageBuilder page, CommitCache cache, FeedFilter filter, CatalogHead head, CancellationToken cancellationToken)
    {
        var gate = page.Next >= Volatile.Read(ref _highest) - ChunkEvents ? _atHead : _behind;
        await gate.WaitAsync(cancellationToken);
        try
        {
            // Somebody else may have done it meanwhile.
            if (cache.Find(page.Next + 1) is { } known && page.Take(known))
            {
                return true;
            }

            await using var session = await _store.ReadAsync(cancellationToken);
            if (session.Head.LogId != head.LogId || page.Next + 1 < session.Head.Oldest)
            {
                return false;
            }

            var commits = await LoadAsync(session, cache, page.Next + 1, head.Sequence, cancellationToken);
            await RenderAsync(session, cache, commits, page, filter, cancellationToken);
            foreach (var commit in commits.TakeWhile(page.Take))
            {
                MoveHighest(commit.Last);
            }

            return true;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The commits from an event on, remembered or read, for some hundred events.</summary>
    private async ValueTask<List<CachedCommit>> LoadAsync(
        IReadSession session, CommitCache cache, long sequence, long head, CancellationToken cancellationToken)
    {
        var commits = new List<CachedCommit>();
        var until = Math.Min(head, sequence + _read.CountFor(ChunkBytes, ChunkEvents) - 1);
        TypeRegistry? registry = null;
        while (sequence <= until)
        {
            if (cache.Find(sequence) is { } known)
            {
                commits.Add(known);
                sequence = known.Last + 1;
                continue;
            }

            registry ??= await _types.ForAsync(session, cancellationToken);
            foreach (var logged in await ReadLogAsync(session, sequence, (int)(until - sequence + 1), cancellationToken))
            {
                _read.Note(logged.Log.Length, logged.Count);
                commits.Add(cache.Add(new CachedCommit(logged, registry)));
                sequence = commits[^1].Last + 1;
            }
        }

        return commits;
    }

    private static async ValueTask<IEnumerable<LoggedCommit>> ReadLogAsync(
        IReadSession session, long sequence, int limit, CancellationToken cancellationToken)
    {
        var commits = await session.ReadLogAsync(sequence - 1, limit, cancellationToken);
        if (commits.IsEmpty)
        {
            throw new InvalidDataException($"The log ends at {sequence - 1} although its head is {session.Head.Sequence}.");
        }

        foreach (var commit in commits)
        {
            if (commit.FirstSequence > sequence)
            {
                throw new InvalidDataException($"The log has a gap after {sequence - 1}.");
            }

            sequence = commit.FirstSequence + commit.Count;
        }

        return commits;
    }

    /// <summary>Renders the next events of a page that match and that nobody has rendered yet, about as many as fit in.</summary>
    private async ValueTask RenderAsync(
        IReadSession session, CommitCache cache, List<CachedCommit> commits, FeedPageBuilder page, FeedFilter filter, CancellationToken cancellationToken)
    {
        var missing = Missing(commits, page.Next, filter).Take(_rendered.CountFor(page.BytesLeft, Math.Min(page.Left, ChunkEvents))).ToList();
        if (missing.Count == 0)
        {
            return;
        }

        var numbers = missing.ConvertAll(item => item.Commit.Records[item.Index].Numbers);
        var states = await session.StatesAsync(numbers.Select(number => number.Revision).ToHashSet(), cancellationToken);
        var created = await session.CreationsAsync(numbers.Select(number => number.Asset).ToHashSet(), cancellationToken);
        foreach (var (commit, index) in missing)
        {
            var record = commit.Records[index];
            var state = states.GetValueOrDefault(record.Numbers.Revision)
                ?? throw new InvalidDataException($"The state that event {commit.First + index} points at is missing.");
            var source = new EventToRender(
                commit.Commit, index, record, commit.Records, state, created[record.Numbers.Asset], commit.Registry);
            var rendered = FeedEvent.Render(source);
            _rendered.Note(rendered.Envelope.Length, 1);
            cache.Grow(commit, commit.Keep(index, rendered));
        }
    }

    private static IEnumerable<(CachedCommit Commit, int Index)> Missing(List<CachedCommit> commits, long after, FeedFilter filter) =>
        from commit in commits
        from index in Enumerable.Range(0, commit.Records.Length)
        where commit.First + index > after
            && commit.Rendered(index) is null
            && filter.Matches(commit, index)
        select (commit, index);

    private void MoveHighest(long sequence)
    {
        var highest = Volatile.Read(ref _highest);
        while (sequence > highest && Interlocked.CompareExchange(ref _highest, sequence, highest) is var seen && seen != highest)
        {
            highest = seen;
        }
    }

    /// <summary>What is remembered of a log: its commits, and which of their events readers want.</summary>
    private sealed record Memory(Guid Log, CommitCache Commits, FilterBook Filters);
}
