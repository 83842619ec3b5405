namespace Cartulary.Core.Ports.Delivery;

/// <summary>A subscription as it is stored: what somebody wants, not how far it has come.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Shard">One server at a time serves the subscriptions of a shard.</param>
/// <param name="Revision">Rises with every change, from 1.</param>
/// <param name="Generation">Rises when its place in the log is set anew, from 1.</param>
/// <param name="Start">The place where this generation begins: everything up to this sequence counts as settled.</param>
/// <param name="Log">The log that <paramref name="Start"/> is a place of.</param>
/// <param name="Document">What is wanted, in a form that the store does not read.</param>
public sealed record SubscriptionRow(string Id, int Shard, long Revision, long Generation, long Start, Guid Log, ReadOnlyMemory<byte> Document)
{
    /// <summary>How far it has come: as stored, or where this generation begins while it has stored nothing.</summary>
    public DeliveryState StateFrom(DeliveryState stored) =>
        stored.Generation == Generation ? stored : new DeliveryState(Generation, Log, Start, EndpointCondition.Unknown);
}
