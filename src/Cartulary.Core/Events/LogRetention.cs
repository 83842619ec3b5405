using Cartulary.Core.Ports;

namespace Cartulary.Core.Events;

/// <summary>Which events are kept. What either limit does not cover is trimmed; without limits everything is kept.</summary>
/// <param name="Time">How long an event is kept, or null for ever.</param>
/// <param name="Events">How many events are kept, or null for all.</param>
public sealed record LogRetention(TimeSpan? Time, long? Events)
{
    /// <summary>Whether anything is ever trimmed.</summary>
    public bool IsLimited => Time is not null || Events is not null;

    /// <summary>The last commit that need not be kept; trimming goes by whole commits.</summary>
    public async ValueTask<CommitNumber> LastToTrimAsync(IReadSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = session.Head.Trimmed;
        if (Events is { } events && session.Head.Sequence > events)
        {
            last = Later(last, await session.CommitBeforeAsync(session.Head.Sequence - events + 1, cancellationToken));
        }

        if (Time is { } time)
        {
            last = Later(last, await session.CommitBeforeTimeAsync((now - time).ToUnixTimeMilliseconds(), cancellationToken));
        }

        return last;
    }

    private static CommitNumber Later(CommitNumber one, CommitNumber other) => one.Value > other.Value ? one : other;
}
