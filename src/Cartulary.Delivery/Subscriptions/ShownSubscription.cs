using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>A subscription with what is to be said of it.</summary>
/// <param name="Summary">The subscription with how far it has come.</param>
/// <param name="IsReadable">Whether its secrets can be opened with the keys of this server; nothing is sent to it otherwise.</param>
/// <param name="LagSeconds">The age of the first event that it wants and has not settled, zero when there is none; null when it cannot be told.</param>
public sealed record ShownSubscription(SubscriptionSummary Summary, bool IsReadable, double? LagSeconds)
{
    /// <summary>Whether so many of its events are parked that nothing further is read for it.</summary>
    public bool IsParkedFull { get; init; }
}
