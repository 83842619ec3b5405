using Cartulary.Core.Save;
using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Health;
using Cartulary.Server.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Hosting;

/// <summary>Everything that answers requests, made once at the start: the one place where it is wired.</summary>
internal sealed class ServerParts : IDisposable
{
    private readonly KeyRing _keys;

    /// <summary>Wires the parts.</summary>
    public ServerParts(
        Catalog catalog, Settings settings, IIdSource ids, TimeProvider clock, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    {
        Catalog = catalog;
        Settings = settings;
        _keys = new KeyRing(catalog.Keys, settings.Auth, clock);
        RequestLogging = new RequestLogging(clock, loggers.CreateLogger<RequestLogging>());
        ErrorBoundary = new ErrorBoundary(lifetime, ids, loggers.CreateLogger<ErrorBoundary>());
        Authentication = new Authentication(_keys, loggers.CreateLogger<Authentication>());
        Health = new CatalogHealth(catalog.Store, lifetime, clock, loggers.CreateLogger<CatalogHealth>());
        var bodies = new BodyReader(new BodyGate(settings.Limits.BodyBytesInFlight), settings.Limits.BodyBytes);
        Saving = new AssetSaving(catalog.Saver, catalog.ShortCut, catalog.Types, bodies, ids, settings.Limits);
        Waiting = new FeedWaiting(catalog.Feed, catalog.Store, lifetime, clock, settings.Feed.WaitersMax);
        Feed = new FeedEndpoints(catalog.Feed, Waiting, catalog.Store, catalog.Types, settings.Feed, Health);
    }

    /// <summary>The catalog.</summary>
    public Catalog Catalog { get; }

    /// <summary>The settings.</summary>
    public Settings Settings { get; }

    /// <summary>Logs requests.</summary>
    public RequestLogging RequestLogging { get; }

    /// <summary>Answers for what goes wrong.</summary>
    public ErrorBoundary ErrorBoundary { get; }

    /// <summary>Asks for keys.</summary>
    public Authentication Authentication { get; }

    /// <summary>Tells whether the server can work.</summary>
    public CatalogHealth Health { get; }

    /// <summary>Saves.</summary>
    public AssetSaving Saving { get; }

    /// <summary>Lets readers of the feed wait.</summary>
    public FeedWaiting Waiting { get; }

    /// <summary>Gives events.</summary>
    public FeedEndpoints Feed { get; }

    /// <inheritdoc/>
    public void Dispose() => _keys.Dispose();
}
