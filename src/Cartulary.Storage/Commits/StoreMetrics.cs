using System.Diagnostics.Metrics;

namespace Cartulary.Storage.Commits;

/// <summary>What stores tell of their work; every kind of store uses these, so that a dashboard need not know which one it is.</summary>
internal static class StoreMetrics
{
    private static readonly Meter Meter = new("Cartulary.Storage");

    /// <summary>Seconds from the beginning of a transaction until it was durable.</summary>
    public static readonly Histogram<double> CommitDuration = Meter.CreateHistogram(
        "cartulary_commit_duration_seconds", "s", "Time of a transaction, from its beginning until it was durable.", tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] });

    /// <summary>Members of a transaction.</summary>
    public static readonly Histogram<long> GroupSize = Meter.CreateHistogram(
        "cartulary_commit_group_size", unit: null, "Saves and other changes that shared a transaction.", tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });

    /// <summary>Events that became durable.</summary>
    public static readonly Counter<long> EventsCommitted = Meter.CreateCounter<long>(
        "cartulary_events_committed_total", unit: null, "Events that became durable.");

    /// <summary>Plans that no longer held when their turn came.</summary>
    public static readonly Counter<long> PlansAgain = Meter.CreateCounter<long>(
        "cartulary_plans_again_total", unit: null, "Saves that were planned a second time, because another save had changed what they rely on.");

    /// <summary>Work that waits for the writer.</summary>
    public static readonly UpDownCounter<long> WriterQueue = Meter.CreateUpDownCounter<long>(
        "cartulary_writer_queue", unit: null, "Saves and other changes that wait for the writer.");

    /// <summary>Snapshots that readers hold.</summary>
    public static readonly UpDownCounter<long> ReadSessions = Meter.CreateUpDownCounter<long>(
        "cartulary_read_sessions", unit: null, "Snapshots that readers hold open.");

    /// <summary>Failovers that lost commits which this server had seen.</summary>
    public static readonly Counter<long> TailsLost = Meter.CreateCounter<long>(
        "cartulary_log_tails_lost_total", unit: null, "Times the database came back without commits that this server had seen.");

    /// <summary>Shows at zero what has not happened yet, so that the first time is seen as a rise.</summary>
    public static void ShowZeros()
    {
        EventsCommitted.Add(0);
        PlansAgain.Add(0);
        WriterQueue.Add(0);
        ReadSessions.Add(0);
        TailsLost.Add(0);
    }
}
