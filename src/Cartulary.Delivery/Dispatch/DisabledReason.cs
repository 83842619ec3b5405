namespace Cartulary.Delivery.Dispatch;

/// <summary>Why a subscription gets nothing any more.</summary>
public static class DisabledReason
{
    /// <summary>The receiver answered 410.</summary>
    public const string Gone = "GONE";

    /// <summary>The receiver failed for too long.</summary>
    public const string Failing = "FAILING";
}
