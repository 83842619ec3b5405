using System.Collections.Immutable;

namespace Cartulary.Core.Ports.Delivery;

/// <summary>How far a subscription has come since its last checkpoint; stored whole or not at all.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="State">Its state now. Nothing is stored when the stored generation is another one.</param>
/// <param name="Parked">Parked events that are new or have changed.</param>
/// <param name="Unparked">Sequences of events that are parked no more.</param>
/// <param name="DeadLetters">Events that were given up.</param>
/// <param name="Attempts">Attempts to keep for people.</param>
/// <param name="Notices">What somebody should know; with one of them the checkpoint is durable when it is stored.</param>
public sealed record DeliveryCheckpoint(
    string Subscription,
    DeliveryState State,
    ImmutableArray<ParkedEvent> Parked,
    ImmutableArray<long> Unparked,
    ImmutableArray<DeadLetter> DeadLetters,
    ImmutableArray<StoredAttempt> Attempts,
    ImmutableArray<DeliveryNotice> Notices);
