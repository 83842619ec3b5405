using System.Net;
using Cartulary.Core.Save;
using Cartulary.Delivery.Dispatch;
using Cartulary.Delivery.Guard;
using Cartulary.Delivery.Kafka;
using Cartulary.Delivery.Messages;
using Cartulary.Delivery.Secrets;
using Cartulary.Delivery.Subscriptions;
using Cartulary.Delivery.Webhooks;
using Cartulary.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Delivery;

/// <summary>Wires what delivers events to webhooks and to Kafka. Owns it: disposing ends what is under way and stores how far each has come.</summary>
internal sealed class Deliveries : IAsyncDisposable
{
    private const string Schema = "https://cartulary.io/schemas/envelope-v1.json";
    private readonly WebhookSender _sender;
    private readonly Dispatcher _dispatcher;
    private readonly SubscriptionHold _subscriptionHold;
    private readonly KafkaSink? _kafka;
    private readonly SinkHold? _sinkHold;
    private readonly KafkaGauges _gauges;
    private readonly WebhookOptions _options;
    private IReadOnlyCollection<IPEndPoint> _own = [];

    /// <summary>Wires the parts.</summary>
    public Deliveries(Catalog catalog, Hosting.Settings settings, IIdSource ids, TimeProvider clock, ILoggerFactory loggers)
    {
        _options = settings.Webhooks;
        var secrets = new SecretBox(SecretKeyFile.Read(settings.Secrets, Path.GetFullPath(settings.Server.Data)));
        var guard = new GuardedConnector(_options.Addresses(), static (host, token) => Dns.GetHostAddressesAsync(host, token), () => _own);
        var naming = new EventNaming(_options.TypePrefix, _options.Source, Schema);
        _sender = new WebhookSender(guard, _options.Sender(), clock);
        Parts = new DispatchParts(
            catalog.OpenDeliveries(),
            catalog.Leases,
            catalog.Store,
            catalog.Feed,
            secrets,
            new MessageWriter(naming, _options.MessageBytesMax),
            _sender,
            _options.Policy(),
            _options.Dispatch(),
            clock);
        _dispatcher = new Dispatcher(Parts, ids.NewGuid(), loggers.CreateLogger<Dispatcher>());
        _subscriptionHold = new SubscriptionHold(
            Parts.Store, catalog.Store, Parts.Policy, TimeSpan.FromDays(_options.HoldDays), clock, loggers.CreateLogger<SubscriptionHold>());
        Desk = new SubscriptionDesk(Parts, guard, _options.AllowHttp, _options.Max, ids.NewGuid, _dispatcher.Wake);
        var topic = settings.Kafka.IsOn ? settings.Kafka.Topic : null;
        if (topic is not null)
        {
            var kafka = new KafkaParts(Parts.Store, catalog.Leases, catalog.Store, catalog.Feed, settings.Kafka.ForSink(naming), clock);
            _kafka = new KafkaSink(kafka, ids.NewGuid(), loggers.CreateLogger<KafkaSink>());
            _sinkHold = new SinkHold(
                Parts.Store, catalog.Store, kafka.Settings.StartAt, TimeSpan.FromDays(settings.Kafka.HoldDays), clock, loggers.CreateLogger<SinkHold>());
        }

        _gauges = new KafkaGauges(() => _kafka?.Lag);
        KafkaDesk = new KafkaDesk(Parts.Store, catalog.Store, catalog.Feed, topic, () => _kafka?.Wake(), clock);
    }

    /// <summary>What deliveries need.</summary>
    public DispatchParts Parts { get; }

    /// <summary>Makes and changes subscriptions.</summary>
    public SubscriptionDesk Desk { get; }

    /// <summary>Tells how events to Kafka do, and lets them go on.</summary>
    public KafkaDesk KafkaDesk { get; }

    /// <summary>The last event that no webhook needs any more, nor Kafka; null when none is needed. A power cut does not put any place back behind it.</summary>
    public async ValueTask<long?> LastFreeAsync(CancellationToken cancellationToken)
    {
        // What was stored of the sink is forced to disk with the places of subscriptions, which are read after it.
        var sink = _sinkHold is null ? null : await _sinkHold.LastFreeAsync(cancellationToken);
        var subscriptions = await _subscriptionHold.LastFreeAsync(cancellationToken);
        return sink is null || subscriptions < sink ? subscriptions : sink;
    }

    /// <summary>Begins to deliver.</summary>
    /// <param name="addresses">Where the server itself listens, which is never called.</param>
    public void Start(IEnumerable<string> addresses)
    {
        _own = [.. addresses.Select(EndOf).OfType<IPEndPoint>()];
        if (_options.Enabled)
        {
            _dispatcher.Start();
        }

        _kafka?.Start();
    }

    /// <summary>Why deliveries cannot go on because of this server or its store; null when they can. Receivers and brokers do not matter.</summary>
    public async ValueTask<DeliveryTrouble?> WhyNotReadyAsync(CancellationToken cancellationToken) =>
        await Parts.Store.WhyNotWritableAsync(cancellationToken) is { } failure ? new DeliveryTrouble.NotWritable(failure)
        : _dispatcher.KeepsUp ? null
        : new DeliveryTrouble.NoLease();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_dispatcher.DisposeAsync().AsTask(), _kafka?.DisposeAsync().AsTask() ?? Task.CompletedTask);
        _gauges.Dispose();
        _sender.Dispose();
        (Parts.Store as IDisposable)?.Dispose();
    }

    private static IPEndPoint? EndOf(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Port > 0
        ? new IPEndPoint(IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Any, uri.Port)
        : null;
}
