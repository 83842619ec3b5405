namespace Cartulary.Delivery.Subscriptions;

/// <summary>In which form a receiver gets events.</summary>
public enum WebhookFormat
{
    /// <summary>The envelope as Atlan's webhooks send it, with the shared secret in a header.</summary>
    Atlan,

    /// <summary>A CloudEvent in structured JSON, signed as Standard Webhooks has it.</summary>
    CloudEvents,
}
