namespace Cartulary.Core.Ports.Delivery;

/// <summary>A subscription with how far it has come, in numbers.</summary>
/// <param name="Row">What is wanted.</param>
/// <param name="State">How far it has come, as it was stored last.</param>
/// <param name="Parked">How many events are parked.</param>
/// <param name="DeadLetters">How many events were given up and are kept.</param>
public sealed record SubscriptionSummary(SubscriptionRow Row, DeliveryState State, long Parked, long DeadLetters);
