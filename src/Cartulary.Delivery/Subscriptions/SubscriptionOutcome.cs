using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Subscriptions;

/// <summary>What came of a wish for a subscription.</summary>
public abstract record SubscriptionOutcome
{
    private SubscriptionOutcome()
    {
    }

    /// <summary>It was done.</summary>
    /// <param name="Shown">The subscription as it is now.</param>
    /// <param name="Secret">A secret that was made or given, to be shown this once; null when there is none.</param>
    public sealed record Done(ShownSubscription Shown, Secret? Secret) : SubscriptionOutcome;

    /// <summary>There is no such subscription.</summary>
    public sealed record NotFound : SubscriptionOutcome;

    /// <summary>It has another revision than the request expects.</summary>
    /// <param name="Revision">The revision it has.</param>
    public sealed record Changed(long Revision) : SubscriptionOutcome;

    /// <summary>There are as many as are allowed.</summary>
    public sealed record TooMany : SubscriptionOutcome;

    /// <summary>The receiver did not take the message that was to show that it is there.</summary>
    /// <param name="Sending">What came of it.</param>
    public sealed record NotReached(Sending Sending) : SubscriptionOutcome;

    /// <summary>Its address may not be called.</summary>
    public sealed record Blocked : SubscriptionOutcome;

    /// <summary>What follows its place is not in the log any more, so that it needs another place first.</summary>
    public sealed record Expired : SubscriptionOutcome;

    /// <summary>It has two secrets already.</summary>
    public sealed record TwoSecrets : SubscriptionOutcome;

    /// <summary>Its secrets cannot be opened with the keys of this server.</summary>
    public sealed record Unreadable : SubscriptionOutcome;
}
