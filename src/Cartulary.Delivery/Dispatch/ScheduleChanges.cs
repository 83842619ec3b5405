using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Dispatch;

/// <summary>What of a schedule has changed and is to be stored, in one piece.</summary>
/// <param name="Position">Everything up to this sequence is settled.</param>
/// <param name="Condition">How the endpoint does.</param>
/// <param name="Parked">Parked events as they are now.</param>
/// <param name="Unparked">Sequences of events that are parked no more.</param>
/// <param name="DeadLetters">Events that were given up.</param>
/// <param name="Notices">What somebody should know.</param>
/// <param name="Settled">How many events it settles.</param>
public sealed record ScheduleChanges(
    long Position,
    EndpointCondition Condition,
    ImmutableArray<ParkedEvent> Parked,
    ImmutableArray<long> Unparked,
    ImmutableArray<DeadLetter> DeadLetters,
    ImmutableArray<DeliveryNotice> Notices,
    int Settled);
