using System.Diagnostics.Metrics;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Dispatch;

/// <summary>What is measured of deliveries.</summary>
public static class DeliveryMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cartulary.Delivery";

    private static readonly Meter Meter = new(MeterName);

    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 600, 3_600] };

    private static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>("cartulary_delivery_attempts", "{attempt}", "Messages sent to receivers, by what came of it");

    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram("cartulary_delivery_attempt_duration_seconds", "s", "How long receivers took to answer", tags: null, Seconds);

    private static readonly Histogram<double> Acknowledged =
        Meter.CreateHistogram("cartulary_delivery_commit_to_ack_seconds", unit: null, "From the commit of an event until its receiver had taken it", tags: null, Seconds);

    private static readonly Histogram<double> Checkpoints =
        Meter.CreateHistogram("cartulary_delivery_checkpoint_duration_seconds", unit: null, "How long storing what was delivered took", tags: null, Seconds);

    private static readonly Counter<long> DeadLetters =
        Meter.CreateCounter<long>("cartulary_delivery_dead_letters_total", unit: null, "Events that were given up");

    private static readonly Counter<long> Repeats = Meter.CreateCounter<long>(
        "cartulary_delivery_repeats_total", unit: null, "Messages sent again that their receivers may have, or will get again, by the reason");

    private static readonly Counter<long> Blocked = Meter.CreateCounter<long>(
        "cartulary_delivery_ssrf_blocked_total", unit: null, "Times that an address was refused because messages may not go there");

    private static readonly Counter<long> LoopSuspects = Meter.CreateCounter<long>(
        "cartulary_delivery_loop_suspects_total", unit: null, "Times that one principal changed one asset so often in a minute that it looks like a loop");

    private static readonly Counter<long> LeaseChanges =
        Meter.CreateCounter<long>("cartulary_delivery_lease_changes_total", unit: null, "Times this server took a shard of the webhooks or let go of one");

    private static readonly Counter<long> Loops =
        Meter.CreateCounter<long>("cartulary_delivery_loops_total", unit: null, "Webhooks that were paused because their events went round in circles");

    /// <summary>Shows what has not happened yet, with zero.</summary>
    public static void ShowZeros()
    {
        DeadLetters.Add(0);
        Blocked.Add(0);
        LoopSuspects.Add(0);
        foreach (var reason in Enum.GetNames<RepeatReason>())
        {
            Repeats.Add(0, new KeyValuePair<string, object?>("reason", reason.ToLowerInvariant()));
        }

        LeaseChanges.Add(0);
        Loops.Add(0);
        foreach (var outcome in Enum.GetNames<AttemptClass>())
        {
            Attempts.Add(0, new KeyValuePair<string, object?>("outcome", outcome.ToLowerInvariant()));
        }
    }

    internal static void CountAcknowledged(long milliseconds) => Acknowledged.Record(milliseconds / 1_000.0);

    internal static void CountCheckpoint(TimeSpan time) => Checkpoints.Record(time.TotalSeconds);

    internal static void CountDeadLetters(int count) => DeadLetters.Add(count);

    /// <summary>One principal changes one asset again and again.</summary>
    public static void CountLoopSuspect() => LoopSuspects.Add(1);

    internal static void CountBlocked() => Blocked.Add(1);

    internal static void CountRepeats(RepeatReason reason, int count = 1) =>
        Repeats.Add(count, new KeyValuePair<string, object?>("reason", reason.ToString().ToLowerInvariant()));

    internal static void CountLeaseChange() => LeaseChanges.Add(1);

    internal static void CountLoop() => Loops.Add(1);

    internal static void Count(Sending sending)
    {
        Attempts.Add(1, new KeyValuePair<string, object?>("outcome", sending.Result.Class.ToString().ToLowerInvariant()));
        Durations.Record(sending.Milliseconds / 1_000.0);
    }
}
