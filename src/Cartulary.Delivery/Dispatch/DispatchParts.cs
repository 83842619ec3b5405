using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Webhooks;

namespace Cartulary.Delivery.Dispatch;

/// <summary>What deliveries need.</summary>
/// <param name="Store">Keeps subscriptions and how far they have come.</param>
/// <param name="Leases">Says which server serves which shard.</param>
/// <param name="Catalog">The catalog whose log is delivered.</param>
/// <param name="Feed">Reads its log.</param>
/// <param name="Secrets">Opens secrets.</param>
/// <param name="Writer">Makes messages.</param>
/// <param name="Sender">Sends them.</param>
/// <param name="Policy">When to try again.</param>
/// <param name="Limits">The bounds.</param>
/// <param name="Clock">The clock.</param>
public sealed record DispatchParts(
    IDeliveryStore Store,
    ILeases Leases,
    ICatalogStore Catalog,
    EventFeed Feed,
    SecretBox Secrets,
    MessageWriter Writer,
    WebhookSender Sender,
    DeliveryPolicy Policy,
    DispatchLimits Limits,
    TimeProvider Clock);
