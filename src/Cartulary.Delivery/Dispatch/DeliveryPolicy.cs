using System.Collections.Immutable;

namespace Cartulary.Delivery.Dispatch;

/// <summary>When a failed delivery is tried again, and when it is given up. Times are milliseconds; each number is a setting of the server.</summary>
public sealed record DeliveryPolicy
{
    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    /// <summary>
    /// The waits between the attempts of one event: twelve attempts over three nights, so that an endpoint that dies on a
    /// Friday evening is found again on Monday.
    /// </summary>
    public ImmutableArray<long> Delays { get; init; } =
        [5 * Second, 30 * Second, 2 * Minute, 10 * Minute, 30 * Minute, Hour, 3 * Hour, 6 * Hour, 12 * Hour, 24 * Hour, 24 * Hour];

    /// <summary>Each wait is longer or shorter by up to this share, so that receivers are not met by all at once.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>The shortest wait after a timeout and after 429.</summary>
    public long ShortestAfterOverload { get; init; } = Minute;

    /// <summary>The longest wait that a receiver can ask for by <c>Retry-After</c>.</summary>
    public long LongestRetryAfter { get; init; } = 24 * Hour;

    /// <summary>Attempts for which an event keeps its asset's later events waiting before it is parked.</summary>
    public int AttemptsInLane { get; init; } = 4;

    /// <summary>The same for answers that say that the event itself is refused: 400, 413, 415 and 422.</summary>
    public int AttemptsWhenRefused { get; init; } = 2;

    /// <summary>Failures in a row after which the endpoint itself counts as failing.</summary>
    public int FailuresToOpen { get; init; } = 5;

    /// <summary>The longest wait between two probes of a failing endpoint.</summary>
    public long LongestProbeWait { get; init; } = Hour;

    /// <summary>How long an endpoint may fail before its subscription is disabled.</summary>
    public long DisableAfter { get; init; } = 120 * Hour;

    /// <summary>How long an endpoint may fail before somebody is told.</summary>
    public long TellAfter { get; init; } = 15 * Minute;

    /// <summary>Most events that are known beyond the position.</summary>
    public int WindowEvents { get; init; } = 1_024;

    /// <summary>Most bytes of such events.</summary>
    public long WindowBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Most parked events; with more, nothing further is read.</summary>
    public int ParkedMax { get; init; } = 10_000;

    /// <summary>Most settled events whose settling is not stored yet; with more, nothing further is sent.</summary>
    public int UnsavedMax { get; init; } = 1_024;

    /// <summary>All attempts of one event.</summary>
    public int AttemptsMax => Delays.Length + 1;

    /// <summary>The wait after an attempt.</summary>
    /// <param name="attempts">How many attempts have failed, at least one.</param>
    /// <param name="result">What the last one came to.</param>
    /// <param name="chance">A number from 0 to 1, drawn anew for each call.</param>
    public long DelayAfter(int attempts, AttemptResult result, double chance)
    {
        var scheduled = (long)(Delays[Math.Min(attempts, Delays.Length) - 1] * (1 + (Jitter * ((chance * 2) - 1))));
        if (result.IsOverload)
        {
            scheduled = Math.Max(scheduled, ShortestAfterOverload);
        }

        return result.RetryAfter is { } asked ? Math.Max(scheduled, Math.Min(asked, LongestRetryAfter)) : scheduled;
    }
}
