using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>Reads the log as events, in order, without gaps: a missing number is an error and never passed over.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="limits">How much one reading may examine and return.</param>
public sealed class EventFeed(ICatalogStore store, TypeRegistrySource types, FeedLimits limits)
{
    private const int ChunkEvents = 500;

    /// <summary>
    /// The events after a position that match. The position must lie between the oldest kept sequence less one and the head;
    /// callers check that first, with <see cref="FeedPage.Head"/> or the store's head.
    /// </summary>
    /// <exception cref="InvalidDataException">The log has a gap or is damaged.</exception>
    public async ValueTask<FeedPage> ReadAsync(FeedQuery query, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var filter = new FeedFilter(query, registry);
        var page = new PageBuilder(query, limits);
        while (!page.IsFull && page.Next < session.Head.Sequence)
        {
            var commits = await session.ReadLogAsync(page.Next, ChunkEvents, cancellationToken);
            if (commits.IsEmpty)
            {
                throw new InvalidDataException($"The log ends at {page.Next} although its head is {session.Head.Sequence}.");
            }

            var found = page.Examine(commits, filter);
            page.Add(await RenderAsync(session, registry, found, cancellationToken));
        }

        return new FeedPage(page.Events, page.Next, session.Head);
    }

    private static async ValueTask<List<FeedEvent>> RenderAsync(
        IReadSession session, TypeRegistry registry, List<FoundEvent> found, CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            return [];
        }

        var states = await session.StatesAsync(found.Select(item => item.Record.Numbers.Revision).ToHashSet(), cancellationToken);
        var created = await session.CreationsAsync(found.Select(item => item.Record.Numbers.Asset).ToHashSet(), cancellationToken);
        return [.. found.Select(Render)];

        FeedEvent Render(FoundEvent item)
        {
            var state = states.GetValueOrDefault(item.Record.Numbers.Revision) ?? AssetState.Empty;
            var source = new EventToRender(item.Commit, item.Index, item.Record, item.Records, state, created[item.Record.Numbers.Asset], registry);
            return new FeedEvent(source.Sequence, EnvelopeWriter.Write(source));
        }
    }

    /// <summary>An event that matches.</summary>
    private sealed record FoundEvent(LoggedCommit Commit, int Index, LogRecord Record, ImmutableArray<LogRecord> Records);

    /// <summary>One page as it fills; keeps track of what has been examined.</summary>
    private sealed class PageBuilder(FeedQuery query, FeedLimits limits)
    {
        private readonly ImmutableArray<FeedEvent>.Builder _events = ImmutableArray.CreateBuilder<FeedEvent>();
        private int _examined;
        private long _bytes;
        private int _pending;

        public long Next { get; private set; } = query.After;

        public ImmutableArray<FeedEvent> Events => _events.ToImmutable();

        public bool IsFull => _events.Count >= query.Limit || _examined >= limits.ScannedEvents || _bytes >= limits.PageBytes;

        public List<FoundEvent> Examine(ImmutableArray<LoggedCommit> commits, FeedFilter filter)
        {
            var found = new List<FoundEvent>();
            _pending = _events.Count;
            foreach (var commit in commits.TakeWhile(_ => !WouldBeFull()))
            {
                if (commit.FirstSequence > Next + 1)
                {
                    throw new InvalidDataException($"The log has a gap after {Next}.");
                }

                var records = CommitLog.Decode(commit);
                for (var index = (int)(Next + 1 - commit.FirstSequence); index < records.Length && !WouldBeFull(); index++)
                {
                    Next = commit.FirstSequence + index;
                    _examined++;
                    if (filter.Matches(records[index]))
                    {
                        found.Add(new FoundEvent(commit, index, records[index], records));
                        _pending++;
                    }
                }
            }

            return found;
        }

        /// <summary>Takes rendered events; when the page grows too large, the rest is left for the next one.</summary>
        public void Add(List<FeedEvent> rendered)
        {
            foreach (var item in rendered)
            {
                if (_events.Count > 0 && _bytes + item.Envelope.Length > limits.PageBytes)
                {
                    Next = item.Sequence - 1;
                    _bytes = limits.PageBytes;
                    return;
                }

                _events.Add(item);
                _bytes += item.Envelope.Length;
            }
        }

        private bool WouldBeFull() => _pending >= query.Limit || _examined >= limits.ScannedEvents;
    }
}
