using Cartulary.Core.Ports;

namespace Cartulary.Delivery.Dispatch;

/// <summary>How a subscription did at a moment.</summary>
/// <param name="Subscription">Its id.</param>
/// <param name="Lag">How many events lie between its place and the head of the log.</param>
/// <param name="LagSeconds">How long ago the first event that it has not settled was saved; zero when none is known.</param>
/// <param name="Parked">How many events are parked.</param>
/// <param name="IsFailing">Whether its endpoint fails, or has been given up.</param>
/// <param name="InFlight">How many messages are under way.</param>
internal readonly record struct DeliveryReading(string Subscription, long Lag, double LagSeconds, int Parked, bool IsFailing, int InFlight)
{
    /// <summary>Reads one off.</summary>
    public static DeliveryReading Of(Runner runner, CatalogHead head, long now) => new(
        runner.Row.Id,
        Math.Max(0, head.Sequence - runner.Schedule.Position),
        runner.OldestTime is { } time ? Math.Max(0, now - time) / 1_000.0 : 0,
        runner.Schedule.ParkedCount,
        runner.Schedule.IsOpen || runner.Schedule.Condition.Disabled is not null,
        runner.Sent.Count);
}
