using System.Diagnostics.Metrics;
using Cartulary.Delivery.Dispatch;

namespace Cartulary.Delivery.Kafka;

/// <summary>What is counted of events that go to Kafka.</summary>
public static class KafkaMetrics
{
    private static readonly Meter Meter = new(DeliveryMetrics.MeterName);

    private static readonly Counter<long> Sent = Meter.CreateCounter<long>("cartulary_kafka_sent", "{event}", "Events that Kafka has acknowledged");

    private static readonly Counter<long> Errors =
        Meter.CreateCounter<long>("cartulary_kafka_errors", "{error}", "Times that sending to Kafka came to an end because something was wrong");

    /// <summary>Shows what has not happened yet, with zero.</summary>
    public static void ShowZeros()
    {
        Sent.Add(0);
        foreach (var code in KafkaTroubles.All)
        {
            Errors.Add(0, Reason(code));
        }
    }

    internal static void CountSent() => Sent.Add(1);

    internal static void CountError(string code) => Errors.Add(1, Reason(code));

    private static KeyValuePair<string, object?> Reason(string code) => new("reason", code.ToLowerInvariant());
}
