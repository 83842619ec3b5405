using System.Net.Sockets;
using Cartulary.Server.Auth;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>Starts a server: settings, catalog, keys, web server, in this order.</summary>
internal static class Launch
{
    /// <summary>Starts; returns when the server listens and has said so.</summary>
    /// <param name="args">Settings, as on the command line.</param>
    /// <param name="output">Is told the address, and a new key if one had to be made.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<RunningServer> StartAsync(string[] args, TextWriter output, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "cartulary" });
        Configuration.Add(builder.Configuration, builder.Environment.ContentRootPath, args);
        var settings = Settings.Read(builder.Configuration);
        AddLogging(builder);
        builder.Services.AddRoutingCore();
        AddWebServer(builder, settings);
        builder.AddTelemetry(settings.Telemetry);
        var app = builder.Build();
        var ids = new RandomIds(clock);
        var folder = Path.GetFullPath(settings.Server.Data);
        var loggers = app.Services.GetRequiredService<ILoggerFactory>();
        app.Services.BeginTelemetry();
        var catalog = await Catalog.OpenAsync(folder, settings, ids, clock, loggers, cancellationToken);
        var parts = new ServerParts(catalog, settings, ids, clock, app.Lifetime, loggers);
        var server = new RunningServer(app, catalog, parts);
        try
        {
            Routes.Lay(app, parts);
            var made = await FirstKey.EnsureAsync(catalog.Keys, catalog.Leases, settings, ids, clock, cancellationToken);
            await ListenAsync(app, settings.Server.Urls, cancellationToken);
            parts.StartSearch();
            parts.Trimmer.Start();
            parts.Deliveries.Start(app.Urls);
            parts.Propagation.Start();
            parts.JobRunner.Start();
            await AnnounceAsync(output, server, catalog.Place, made, loggers.CreateLogger(typeof(CartularyHost)), cancellationToken);
            var manager = app.Configuration[ServiceManager.SocketName];
            app.Lifetime.ApplicationStopping.Register(() => ServiceManager.TellStopping(manager));
            ServiceManager.TellReady(manager);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="OptionsValidationException">An address is none.</exception>
    /// <exception cref="IOException">An address cannot be listened on.</exception>
    private static async Task ListenAsync(WebApplication app, string urls, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception mistake) when (mistake is FormatException or InvalidOperationException)
        {
            throw new OptionsValidationException("", typeof(ServerOptions), [$"Urls: {mistake.Message}"]);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            var inner = failure.InnerException ?? failure;
            var reason = inner is AddressInUseException ? "another program listens there" : inner.Message;
            throw new IOException($"The server cannot listen on {urls}: {reason}. Stop what listens there, or choose another address with --urls.", failure);
        }
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);

        // A start that fails is told in one line where the program ends, so the host need not tell it in many.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });

        // What the server prints for its user goes to standard output, and nothing else does.
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddWebServer(WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.UseKestrelCore().UseUrls(settings.Server.Urls);
        if (settings.Server.Urls.Contains("https:", StringComparison.OrdinalIgnoreCase))
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Configure(builder.Configuration.GetSection("Kestrel"));
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits, settings.Limits);
        });
    }

    private static void Limit(KestrelServerLimits kestrel, LimitOptions limits)
    {
        // Bodies are limited where they are read. What is left of a refused one has to be drained, or the client would see
        // its connection break instead of the answer; the web server gives up on that after a few seconds.
        kestrel.MaxRequestBodySize = null;
        kestrel.MaxConcurrentConnections = limits.ConnectionsMax;
        kestrel.MaxRequestLineSize = limits.RequestLineBytes;
        kestrel.MaxRequestBufferSize = Math.Max(1_048_576, limits.RequestLineBytes);
        kestrel.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeaderSeconds);
        kestrel.MinRequestBodyDataRate = limits.BodyBytesPerSecond == 0
            ? null
            : new MinDataRate(limits.BodyBytesPerSecond, TimeSpan.FromSeconds(5));
    }

    private static async Task AnnounceAsync(
        TextWriter output, RunningServer server, string place, string? madeKey, ILogger logger, CancellationToken cancellationToken)
    {
        var addresses = string.Join(", ", server.Addresses);
        if (madeKey is not null)
        {
            await output.WriteLineAsync($"administrator key, shown this once: {madeKey}".AsMemory(), cancellationToken);
        }

        await output.WriteLineAsync($"cartulary listening on {addresses} ({place})".AsMemory(), cancellationToken);
        await output.FlushAsync(cancellationToken);
        logger.Started(addresses, place);
    }
}
