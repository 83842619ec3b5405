using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// Times, epoch milliseconds, that pass as fast as time does: when somebody sets the clock of the machine, what is due is due neither earlier nor later.
/// What is stored and shown is by the clock of the machine. For one thread at a time.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock)
{
    /// <summary>Differences up to this are how exactly clocks go, and no setting.</summary>
    private const long Exactness = 1_000;

    private readonly long _start = clock.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly long _begun = clock.GetTimestamp();
    private long _ahead;

    /// <summary>The steady time.</summary>
    public long Now => _start + (long)clock.GetElapsedTime(_begun).TotalMilliseconds;

    /// <summary>The time of the machine.</summary>
    public long Shown => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>A condition as it is shown, for one with steady times.</summary>
    public EndpointCondition ToShown(EndpointCondition condition) => Moved(condition, Ahead());

    /// <summary>A condition with steady times, for one as it is shown.</summary>
    public EndpointCondition FromShown(EndpointCondition condition) => Moved(condition, -Ahead());

    /// <summary>Parked events as they are shown, for those with steady times.</summary>
    public ImmutableArray<ParkedEvent> ToShown(ImmutableArray<ParkedEvent> parked) => Moved(parked, Ahead());

    /// <summary>Parked events with steady times, for those as they are shown.</summary>
    public ImmutableArray<ParkedEvent> FromShown(ImmutableArray<ParkedEvent> parked) => Moved(parked, -Ahead());

    /// <summary>Events that were given up as they are shown, for those with steady times.</summary>
    public ImmutableArray<DeadLetter> ToShown(ImmutableArray<DeadLetter> letters) => Ahead() is var by && by == 0
        ? letters
        : [.. letters.Select(letter => letter with { Time = letter.Time + by })];

    /// <summary>Notices as they are shown, for those with steady times.</summary>
    public ImmutableArray<DeliveryNotice> ToShown(ImmutableArray<DeliveryNotice> notices) => Ahead() is var by && by == 0
        ? notices
        : [.. notices.Select(notice => notice with { Time = notice.Time + by, Since = notice.Since + by })];

    /// <summary>How far the clock of the machine is ahead because it was set; the same until it is set again, so that what is shown does not tremble.</summary>
    private long Ahead()
    {
        var ahead = Shown - Now;
        if (Math.Abs(ahead - _ahead) > Exactness)
        {
            _ahead = ahead;
        }

        return _ahead;
    }

    private static EndpointCondition Moved(EndpointCondition condition, long by) => by == 0
        ? condition
        : condition with
        {
            FailingSince = condition.FailingSince + by,
            NextAttempt = condition.NextAttempt + by,
            LastSuccess = condition.LastSuccess + by,
        };

    private static ImmutableArray<ParkedEvent> Moved(ImmutableArray<ParkedEvent> parked, long by) =>
        by == 0 ? parked : [.. parked.Select(row => row with { Due = row.Due + by })];
}
