namespace Cartulary.Delivery.Subscriptions;

/// <summary>Why a subscription is paused.</summary>
public static class PauseReason
{
    /// <summary>Somebody asked for it.</summary>
    public const string ByRequest = "PAUSED";
}
