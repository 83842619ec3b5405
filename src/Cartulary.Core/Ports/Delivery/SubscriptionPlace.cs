namespace Cartulary.Core.Ports.Delivery;

/// <summary>What of the log a subscription still needs.</summary>
/// <param name="Row">What is wanted.</param>
/// <param name="State">Its state as it is stored; that of an earlier generation when none of this one has been stored.</param>
/// <param name="FirstParked">Its first parked event that the log still holds; null for none.</param>
/// <param name="FirstDeadLetter">The first of its events that were given up and that the log still holds; null for none.</param>
public sealed record SubscriptionPlace(SubscriptionRow Row, DeliveryState State, long? FirstParked, long? FirstDeadLetter)
{
    /// <summary>How far it has come.</summary>
    public DeliveryState Current => Row.StateFrom(State);
}
