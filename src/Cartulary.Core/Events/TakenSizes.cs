namespace Cartulary.Core.Events;

/// <summary>
/// How large events have been lately. Large ones are taken few at a time, so that a reader who is far behind them costs no more than what
/// goes out to him; small ones many at a time, for fewer round trips. Many may note and ask at once: it is an estimate.
/// </summary>
internal sealed class TakenSizes
{
    private const int Weight = 8;
    private double _average = 1_024;

    /// <summary>About how many events have so many bytes: one at least.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="most">Most that it may be.</param>
    public int CountFor(long bytes, int most) => (int)Math.Clamp(bytes / Volatile.Read(ref _average), 1, Math.Max(1, most));

    /// <summary>Some have been taken.</summary>
    /// <param name="bytes">How large they were together.</param>
    /// <param name="events">How many.</param>
    public void Note(long bytes, int events)
    {
        var average = Volatile.Read(ref _average);
        var share = Math.Min(1, (double)events / Weight);
        Volatile.Write(ref _average, Math.Max(1, average + (((double)bytes / Math.Max(1, events)) - average) * share));
    }
}
