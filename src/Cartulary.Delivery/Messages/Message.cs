using Cartulary.Core.Events;

namespace Cartulary.Delivery.Messages;

/// <summary>An event on its way to a receiver.</summary>
/// <param name="Log">The log it is of.</param>
/// <param name="Event">The event.</param>
public readonly record struct Message(Guid Log, FeedEvent Event)
{
    /// <summary>Its place in the log.</summary>
    public long Sequence => Event.Sequence;

    /// <summary>Names it for receivers: the same whenever it is sent, and different in a restored log. Holds no dot, which signatures use.</summary>
    public string Id => $"evt_{Log.ToString("N")[..8]}_{Event.Sequence}";
}
