using System.Collections.Immutable;

namespace Cartulary.Core.Ports.Delivery;

/// <summary>A subscription with how far it has come.</summary>
/// <param name="Row">What is wanted.</param>
/// <param name="State">How far it has come as it is stored; that of an earlier generation when none of this one has been stored.</param>
/// <param name="Parked">Its parked events, by sequence.</param>
public sealed record LoadedSubscription(SubscriptionRow Row, DeliveryState State, ImmutableArray<ParkedEvent> Parked)
{
    /// <summary>How far it has come.</summary>
    public DeliveryState Current => Row.StateFrom(State);
}
