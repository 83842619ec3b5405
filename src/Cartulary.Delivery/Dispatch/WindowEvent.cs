namespace Cartulary.Delivery.Dispatch;

/// <summary>An event beyond the position of its subscription.</summary>
internal sealed class WindowEvent(PendingEvent pending)
{
    public long Sequence => pending.Sequence;

    public int Bytes => pending.Bytes;

    /// <summary>How many attempts have failed.</summary>
    public int Attempts { get; set; }

    /// <summary>When the first attempt failed, in milliseconds.</summary>
    public long FirstFailure { get; set; }

    /// <summary>When it may be sent, in milliseconds; null for at once.</summary>
    public long? Due { get; set; }

    /// <summary>Whether the subscription is done with it: delivered, parked or given up.</summary>
    public bool IsSettled { get; set; }
}
