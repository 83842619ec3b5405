using System.Net;
using System.Net.Sockets;
using Cartulary.Cli.Client;
using Cartulary.Server;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>The real server on a fresh folder.</summary>
public sealed class RealServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-test-");
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private RealServer(string[] settings)
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        Client = CatalogClient.Connect(new ServerAddress(new Uri(Url), "key-1"), TimeProvider.System);
        _running = CartularyHost.RunAsync(
            ["--urls", Url, "--data", _folder.FullName, "--CARTULARY_API_KEY", "key-1", "--Logging:LogLevel:Default", "None", .. settings], _stop.Token);
    }

    public string Url { get; }

    internal CatalogClient Client { get; }

    public static async Task<RealServer> StartAsync(params string[] settings)
    {
        var server = new RealServer(settings);
        while (!await server.Client.IsReadyAsync(TestContext.Current.CancellationToken))
        {
            server._running.IsFaulted.ShouldBeFalse(server._running.Exception?.ToString());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        return server;
    }

    public Task<Run> RunAsync(params string[] arguments) =>
        Run.OfAsync([.. arguments, "--url", Url], TestContext.Current.CancellationToken);

    /// <summary>The events after a sequence, as one word and a short name each.</summary>
    public async Task<string[]> EventsAfterAsync(long sequence)
    {
        var page = await Client.ReadEventsAsync(new FeedRequest { After = sequence, Limit = 5000 }, TestContext.Current.CancellationToken);
        return [.. page.Events.Select(told => $"{told.Operation["ENTITY_".Length..]} {told.Asset.TypeName} {told.Asset.Name}")];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
