namespace Cartulary.Core.Ports.Delivery;

/// <summary>A subscription with how far it has come, in numbers.</summary>
/// <param name="Row">What is wanted.</param>
/// <param name="State">Its state as it is stored; that of an earlier generation when none of this one has been stored.</param>
/// <param name="Parked">How many events are parked.</param>
/// <param name="DeadLetters">How many events were given up and are kept.</param>
public sealed record SubscriptionSummary(SubscriptionRow Row, DeliveryState State, long Parked, long DeadLetters)
{
    /// <summary>How far it has come, as it was stored last.</summary>
    public DeliveryState Current => Row.StateFrom(State);
}
