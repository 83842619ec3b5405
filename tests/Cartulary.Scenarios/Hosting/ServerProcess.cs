using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Cartulary.Scenarios.Hosting;

/// <summary>The server program as a process of its own, on a free port and a given folder.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The first administrator's key of every server here.</summary>
    public const string Key = "scenario-key-that-nobody-guesses";

    private const int Terminate = 15;
    private const int Stop = 19;
    private const int Continue = 18;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Func<ServerProcess> _again;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Task _reading;

    private ServerProcess(Process process, Uri address, Func<ServerProcess> again)
    {
        _process = process;
        _again = again;
        Address = address;
        _reading = Task.WhenAll(KeepAsync(process.StandardOutput), KeepAsync(process.StandardError));
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The memory that it holds now.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>All that it has written so far.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static Task<ServerProcess> StartAsync(
        string folder, CancellationToken cancellationToken, params KeyValuePair<string, string>[] settings) =>
        ReadyAsync(Start(folder, settings), cancellationToken);

    /// <summary>Starts a server with a key and arguments of its own, and waits until it is ready.</summary>
    public static Task<ServerProcess> StartAsync(
        string folder, string key, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        ReadyAsync(Start(folder, key, arguments), cancellationToken);

    /// <summary>Starts a server with settings in its environment and does not wait; an empty setting is taken away.</summary>
    public static ServerProcess Start(string folder, params KeyValuePair<string, string>[] settings) => Start(folder, Key, [], settings);

    /// <summary>Starts one like this again, at the same address, and waits until it is ready; this one has ended.</summary>
    public Task<ServerProcess> StartAgainAsync(CancellationToken cancellationToken) => ReadyAsync(_again(), cancellationToken);

    /// <summary>The settings of a server whose catalog is in a PostgreSQL database.</summary>
    public static KeyValuePair<string, string>[] OnPostgres(string connectionString) =>
        [new("Storage__Provider", "postgres"), new("ConnectionStrings__Cartulary", connectionString)];

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(client, cancellationToken))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(started) > LongestStart)
            {
                throw new InvalidOperationException($"the server did not become ready:\n{Output}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), cancellationToken);
        }
    }

    /// <summary>Waits for the process to end by itself; the result is its exit code.</summary>
    public async Task<int> WaitForEndAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestStop);
        await _process.WaitForExitAsync(patience.Token);
        await _reading;
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as an operator would, and waits; the result is its exit code.</summary>
    public Task<int> StopAsync(CancellationToken cancellationToken)
    {
        Signal(_process.Id, Terminate).ShouldBe(0);
        return WaitForEndAsync(cancellationToken);
    }

    /// <summary>Lets it do nothing any more, as a machine does that swaps or is moved.</summary>
    public void Freeze() => Signal(_process.Id, Stop).ShouldBe(0);

    /// <summary>Lets it go on after it was frozen.</summary>
    public void Thaw() => Signal(_process.Id, Continue).ShouldBe(0);

    /// <summary>Ends it without a warning, as a power cut would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
        await _reading;
    }

    /// <summary>Stops it if it still runs, by force if need be.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Thaw();
            try
            {
                await StopAsync(CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                await KillAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }

    /// <summary>A port that nobody uses at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task<ServerProcess> ReadyAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        try
        {
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static ServerProcess Start(string folder, string key, IEnumerable<string> arguments, params IEnumerable<KeyValuePair<string, string>> settings) =>
        StartAt(new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}"), folder, key, [.. arguments], [.. settings]);

    private static ServerProcess StartAt(Uri address, string folder, string key, string[] arguments, KeyValuePair<string, string>[] settings)
    {
        string[] all = ["serve", "--urls", address.GetLeftPart(UriPartial.Authority), "--data", folder, .. arguments];
        return new ServerProcess(CartularyProgram.Start(all, key, settings), address, () => StartAt(address, folder, key, arguments, settings));
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);

    private static async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // Both streams are read to their end, so that the server never waits for a reader.
    private async Task KeepAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
        {
            _output.Enqueue(line);
        }
    }
}
