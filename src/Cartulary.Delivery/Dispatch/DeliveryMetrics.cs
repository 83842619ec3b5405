using System.Diagnostics.Metrics;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Dispatch;

/// <summary>What is measured of deliveries.</summary>
public static class DeliveryMetrics
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Cartulary.Delivery";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Attempts =
        Meter.CreateCounter<long>("cartulary.delivery.attempts", "{attempt}", "Messages sent to receivers, by what came of it");

    private static readonly Histogram<double> Durations =
        Meter.CreateHistogram<double>("cartulary.delivery.attempt.duration", "s", "How long receivers took to answer");

    /// <summary>Shows what has not happened yet, with zero.</summary>
    public static void ShowZeros()
    {
        foreach (var outcome in Enum.GetNames<AttemptClass>())
        {
            Attempts.Add(0, new KeyValuePair<string, object?>("outcome", outcome.ToLowerInvariant()));
        }
    }

    internal static void Count(Sending sending)
    {
        Attempts.Add(1, new KeyValuePair<string, object?>("outcome", sending.Result.Class.ToString().ToLowerInvariant()));
        Durations.Record(sending.Milliseconds / 1_000.0);
    }
}
