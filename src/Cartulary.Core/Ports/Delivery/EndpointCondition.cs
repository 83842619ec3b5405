namespace Cartulary.Core.Ports.Delivery;

/// <summary>How the endpoint of a subscription does. Times are epoch milliseconds.</summary>
public sealed record EndpointCondition
{
    /// <summary>That of an endpoint of which nothing is known.</summary>
    public static EndpointCondition Unknown { get; } = new();

    /// <summary>Since when it has failed; null while it works.</summary>
    public long? FailingSince { get; init; }

    /// <summary>How many probes have failed since.</summary>
    public int FailedProbes { get; init; }

    /// <summary>When it is probed next; null while it works.</summary>
    public long? NextAttempt { get; init; }

    /// <summary>When it last took an event.</summary>
    public long? LastSuccess { get; init; }

    /// <summary>What somebody was told last of its present state: that it fails, or that the place has expired; null when nobody needed to be told.</summary>
    public NoticeKind? Told { get; init; }

    /// <summary>Why nothing is sent to it any more until somebody resumes the subscription; null while something is.</summary>
    public string? Disabled { get; init; }
}
