using System.Collections.Immutable;

namespace Cartulary.Core.Events;

/// <summary>One page as it fills; keeps track of what has been examined.</summary>
internal sealed class FeedPageBuilder(FeedQuery query, FeedFilter filter, FeedLimits limits)
{
    private readonly ImmutableArray<FeedEvent>.Builder _events = ImmutableArray.CreateBuilder<FeedEvent>();
    private readonly int _bytesMax = Math.Min(query.PageBytes ?? int.MaxValue, limits.PageBytes);
    private int _examined;
    private long _bytes;

    /// <summary>The last sequence examined.</summary>
    public long Next { get; private set; } = query.After;

    /// <summary>What matched.</summary>
    public ImmutableArray<FeedEvent> Events => _events.ToImmutable();

    /// <summary>Whether nothing more goes in.</summary>
    public bool IsFull => _events.Count >= query.Limit || _examined >= limits.ScannedEvents || _bytes >= _bytesMax;

    /// <summary>How many more events may match.</summary>
    public int Left => query.Limit - _events.Count;

    /// <summary>How many more bytes fit in.</summary>
    public long BytesLeft => Math.Max(0, _bytesMax - _bytes);

    /// <summary>Examines what follows in a commit; false when it came to an event that matches and is not rendered yet.</summary>
    public bool Take(CachedCommit commit)
    {
        for (var index = (int)(Next + 1 - commit.First); index < commit.Records.Length && !IsFull; index++)
        {
            if (filter.Matches(commit, index))
            {
                if (commit.Rendered(index) is not { } rendered)
                {
                    return false;
                }

                if (!TryAdd(rendered))
                {
                    return true;
                }
            }

            Next++;
            _examined++;
        }

        return true;
    }

    /// <summary>An event that would make the page too large is left for the next one, unless it is the first.</summary>
    private bool TryAdd(FeedEvent rendered)
    {
        if (_events.Count > 0 && _bytes + rendered.Envelope.Length > _bytesMax)
        {
            _bytes = _bytesMax;
            return false;
        }

        _events.Add(rendered);
        _bytes += rendered.Envelope.Length;
        return true;
    }
}
