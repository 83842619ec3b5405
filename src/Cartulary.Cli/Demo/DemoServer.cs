using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cartulary.Cli.Client;
using Cartulary.Cli.Sources;

namespace Cartulary.Cli.Demo;

/// <summary>A server of its own for the demo: this program once more, as a child process on a free port.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private const int Terminate = 15;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly Task _logging;

    private DemoServer(Process process, ServerAddress address, Task logging)
    {
        _process = process;
        _logging = logging;
        Address = address;
    }

    /// <summary>Where it listens, with a key that is good for this run only.</summary>
    public ServerAddress Address { get; }

    /// <summary>Starts the server. What it logs goes to <c>server.log</c> in the folder.</summary>
    public static DemoServer Start(string folder)
    {
        var address = new ServerAddress(
            new Uri($"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}"), RandomNumberGenerator.GetHexString(40, lowercase: true));
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cartulary.dll"));
        }

        foreach (var argument in new[] { "serve", "--urls", address.Url.GetLeftPart(UriPartial.Authority), "--data", Path.Combine(folder, "catalog") })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["CARTULARY_API_KEY"] = address.Key;
        var process = Process.Start(start)!;
        return new(process, address, LogAsync(process, Path.Combine(folder, "server.log")));
    }

    /// <summary>Waits until the server answers.</summary>
    /// <exception cref="SourceException">It ended, or did not answer in time.</exception>
    public async Task WaitUntilReadyAsync(CatalogClient client, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (!await client.IsReadyAsync(cancellationToken))
        {
            if (_process.HasExited || clock.GetElapsedTime(started) > LongestStart)
            {
                throw new SourceException(_process.HasExited
                    ? $"the server ended with exit code {_process.ExitCode}; server.log says why"
                    : "the server did not become ready; server.log may say why");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }
    }

    /// <summary>Asks the server to stop, and stops it by force when it takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Ask(_process);
            using var patience = new CancellationTokenSource(LongestStop);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await _logging;
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Both streams are read to their end, so that the server never waits for a reader.
    private static async Task LogAsync(Process process, string path)
    {
        await using var log = TextWriter.Synchronized(new StreamWriter(path) { AutoFlush = true });
        await Task.WhenAll(CopyAsync(process.StandardOutput, log), CopyAsync(process.StandardError, log));
    }

    private static async Task CopyAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await to.WriteLineAsync(line);
        }
    }

    private static void Ask(Process process)
    {
        if (OperatingSystem.IsWindows() || Signal(process.Id, Terminate) != 0)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
