namespace Cartulary.Delivery.Subscriptions;

/// <summary>The formats as they are written in the API.</summary>
public static class WebhookFormats
{
    /// <summary>The text of <see cref="WebhookFormat.Atlan"/>.</summary>
    public const string Atlan = "atlan";

    /// <summary>The text of <see cref="WebhookFormat.CloudEvents"/>.</summary>
    public const string CloudEvents = "cloudevents";

    /// <summary>The text of a format.</summary>
    public static string TextOf(WebhookFormat format) => format == WebhookFormat.Atlan ? Atlan : CloudEvents;

    /// <summary>The format of a text, or null.</summary>
    public static WebhookFormat? Of(string? text) => text switch
    {
        Atlan => WebhookFormat.Atlan,
        CloudEvents => WebhookFormat.CloudEvents,
        _ => null,
    };
}
