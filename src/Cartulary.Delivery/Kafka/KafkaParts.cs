using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Kafka;

/// <summary>What the sink needs.</summary>
/// <param name="Store">Keeps how far it has come.</param>
/// <param name="Leases">Says which server sends.</param>
/// <param name="Catalog">The catalog whose log is sent.</param>
/// <param name="Feed">Reads its log.</param>
/// <param name="Settings">Where to, and how.</param>
/// <param name="Clock">The clock.</param>
public sealed record KafkaParts(ISinkStore Store, ILeases Leases, ICatalogStore Catalog, EventFeed Feed, KafkaSettings Settings, TimeProvider Clock);
