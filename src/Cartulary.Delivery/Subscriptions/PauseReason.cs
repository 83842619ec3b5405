namespace Cartulary.Delivery.Subscriptions;

/// <summary>Why a subscription is paused.</summary>
public static class PauseReason
{
    /// <summary>Somebody asked for it.</summary>
    public const string ByRequest = "PAUSED";

    /// <summary>Its events follow from each other without end: its receiver answers each with a save that tells the next.</summary>
    public const string Loop = "LOOP";
}
