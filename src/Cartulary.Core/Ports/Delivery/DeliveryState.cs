namespace Cartulary.Core.Ports.Delivery;

/// <summary>How far a subscription has come.</summary>
/// <param name="Generation">The generation of the subscription that this is about.</param>
/// <param name="Log">The log that <paramref name="Position"/> is a place of.</param>
/// <param name="Position">Everything up to this sequence is settled.</param>
/// <param name="Condition">How its endpoint does.</param>
public sealed record DeliveryState(long Generation, Guid Log, long Position, EndpointCondition Condition)
{
    /// <summary>The place in a log as it is; one that somebody set in another log may lie beyond the end of this one.</summary>
    public long PositionIn(CatalogHead head) => Log == head.LogId ? Position : Math.Min(Position, head.Sequence);
}
