using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Cartulary.Load.Driving;

namespace Cartulary.Load.Processes;

/// <summary>The server that is measured: its real program, in a process of its own, on a data folder.</summary>
internal sealed class CatalogProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private readonly Child _child;

    private readonly Uri _address;
    private readonly string _key;

    private CatalogProcess(Child child, Uri address, string key, TimeSpan startTime)
    {
        _child = child;
        _address = address;
        _key = key;
        var target = new Target(address, "/api/meta/entity/bulk", key);
        Target = target;
        StartTime = startTime;
    }

    /// <summary>Takes bulk saves.</summary>
    public Target Target { get; }

    /// <summary>From the start of the process until it said that it was ready.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>The memory that it holds now.</summary>
    public long ResidentBytes => _child.ResidentBytes;

    /// <summary>The processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime => _child.ProcessorTime;

    private static string Program => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../Cartulary.Cli/release/cartulary.dll"));

    /// <summary>Starts a server with its database in its folder and waits until it is ready.</summary>
    public static Task<CatalogProcess> StartAsync(string folder, CancellationToken cancellationToken) =>
        StartAsync(folder, new Dictionary<string, string>(), cancellationToken);

    /// <summary>Starts a server on a PostgreSQL database and waits until it is ready.</summary>
    public static Task<CatalogProcess> StartAsync(string folder, string database, CancellationToken cancellationToken) => StartAsync(
        folder,
        new Dictionary<string, string> { ["Storage__Provider"] = "postgres", ["ConnectionStrings__Cartulary"] = database },
        cancellationToken);

    /// <summary>Starts a server with settings and waits until it is ready.</summary>
    public static async Task<CatalogProcess> StartAsync(string folder, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
        var key = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var start = Stopwatch.GetTimestamp();
        settings["CARTULARY_API_KEY"] = key;
        var child = Child.Start(Program, ["serve", "--urls", address.GetLeftPart(UriPartial.Authority), "--data", folder], _ => { }, settings);
        try
        {
            await WaitUntilReadyAsync(child, address, start, cancellationToken);
        }
        catch
        {
            await child.DisposeAsync();
            throw;
        }

        return new CatalogProcess(child, address, key, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Does something with the server; when that fails, what the server logged is part of the failure.</summary>
    public async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is HttpRequestException or InvalidOperationException)
        {
            throw new InvalidOperationException($"The server failed; it logged:\n{_child.Errors}", failure);
        }
    }

    /// <summary>Opens a stream of the events to come.</summary>
    public Task<StreamClient> OpenStreamAsync(Action<ReadOnlySpan<byte>>? heard, CancellationToken cancellationToken) =>
        StreamClient.OpenAsync(_address, _key, heard, cancellationToken);

    /// <summary>Asks for the event after a place, and waits for it.</summary>
    public Task<WaitingClient> AskForEventAsync(long after, int wait, CancellationToken cancellationToken) =>
        WaitingClient.AskAsync(_address, _key, after, wait, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        await _child.DisposeAsync();
    }

    private static async Task WaitUntilReadyAsync(Child child, Uri address, long start, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        while (!await IsReadyAsync(http, cancellationToken))
        {
            if (child.HasExited || Stopwatch.GetElapsedTime(start) > LongestStart)
            {
                throw new InvalidOperationException($"The server did not become ready:\n{child.Errors}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(3), cancellationToken);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("/health/ready", cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
