namespace Cartulary.Delivery.Dispatch;

/// <summary>How one attempt ended.</summary>
/// <param name="Class">What it came to.</param>
/// <param name="Status">The HTTP status; null when none came.</param>
/// <param name="RetryAfter">How long the receiver asked to be left alone, in milliseconds; null when it did not.</param>
public readonly record struct AttemptResult(AttemptClass Class, int? Status = null, long? RetryAfter = null)
{
    /// <summary>An attempt that succeeded.</summary>
    public static AttemptResult Delivered { get; } = new(AttemptClass.Delivered, 200);

    /// <summary>Whether the receiver has the event.</summary>
    public bool IsDelivered => Class == AttemptClass.Delivered;

    /// <summary>Whether the receiver has gone for good.</summary>
    public bool IsGone => Status == 410;

    /// <summary>Whether the receiver refuses this event, and may take others.</summary>
    public bool IsRefusal => Status is 400 or 413 or 415 or 422;

    /// <summary>Whether the failure speaks of the endpoint and not of the event, so that one is enough.</summary>
    public bool IsOfEndpoint => Status is 401 or 403 or 429 or (>= 300 and < 400) || RetryAfter is not null;

    /// <summary>Whether the event may have reached the receiver although it did not say so.</summary>
    public bool IsUnanswered => Class is AttemptClass.Timeout or AttemptClass.Aborted;

    /// <summary>Whether the receiver has too much to do.</summary>
    public bool IsOverload => Class == AttemptClass.Timeout || Status == 429;
}
