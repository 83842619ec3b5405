namespace Cartulary.Core.Ports.Delivery;

/// <summary>Something that whoever looks after a subscription should know.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Time">When it was noticed, epoch milliseconds.</param>
public sealed record DeliveryNotice(NoticeKind Kind, long Time)
{
    /// <summary>Since when the endpoint has failed, epoch milliseconds; null where the notice is not about that.</summary>
    public long? Since { get; init; }

    /// <summary>The first event that it is about, or the place that has expired; null for none.</summary>
    public long? Sequence { get; init; }

    /// <summary>How many events it is about; null where it is not about events.</summary>
    public int? Count { get; init; }

    /// <summary>Why, for people; null when nothing more is to be said.</summary>
    public string? Reason { get; init; }
}
