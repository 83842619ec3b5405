using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Cartulary.Testing.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own: a new cluster in a temporary folder, on a free port of this machine, run as an
/// ordinary user. It ends and its folder goes with this object, and also when the process of the tests dies.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "cartulary";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // The shell waits for a word on its standard input: the signal that ends the server. When the input ends without one,
    // the process of the tests is gone, and nobody needs the folder any more.
    private const string Keeper =
        """
        folder=$1; shift
        "$@" >>"$folder/server.log" 2>&1 </dev/null & server=$!
        if read -r signal; then kill -s "$signal" $server; wait $server; else kill -s QUIT $server; wait $server; rm -rf "$folder"; fi
        """;

    private readonly DirectoryInfo _folder;
    private readonly string _programs;
    private readonly string[] _asUser;
    private readonly string[] _settings;
    private Process? _keeper;

    private PostgresServer(DirectoryInfo folder, string programs, string[] asUser, string[] settings, int port)
    {
        _folder = folder;
        _programs = programs;
        _asUser = asUser;
        _settings = settings;
        Port = port;
    }

    /// <summary>The port it listens on, at 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Connects to the server's first database.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username={User};Database=postgres";

    /// <summary>Makes a cluster and starts it.</summary>
    /// <param name="isDurable">Whether commits are forced to disk; without it, tests are faster.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<PostgresServer> StartNewAsync(bool isDurable, CancellationToken cancellationToken)
    {
        var programs = Programs();
        var folder = Directory.CreateTempSubdirectory("cartulary-postgres-");
        var asUser = AsOrdinaryUser(folder);
        string[] settings = ["-c", $"fsync={(isDurable ? "on" : "off")}", "-c", "max_connections=300", "-c", "shared_buffers=128MB"];
        var server = new PostgresServer(folder, programs, asUser, settings, FreePort());
        try
        {
            await RunAsync([.. asUser, $"{programs}/initdb", "-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, or starts it again, and waits until it takes connections.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        string[] server =
        [
            .. _asUser, $"{_programs}/postgres", "-D", Data, "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "-k", "", .. _settings,
        ];
        _keeper = Process.Start(new ProcessStartInfo("sh", ["-c", Keeper, "sh", _folder.FullName, .. server]) { RedirectStandardInput = true, UseShellExecute = false })!;
        var began = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(cancellationToken))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience || _keeper.HasExited)
            {
                throw new InvalidOperationException($"PostgreSQL did not start: {await LogAsync()}");
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    /// <summary>Ends it at once, as if its process had been killed; what was committed is recovered at the next start.</summary>
    public Task StopImmediatelyAsync() => StopAsync("QUIT");

    /// <summary>Ends it in order: what runs is broken off, and nothing has to be recovered at the next start.</summary>
    public Task StopAsync() => StopAsync("INT");

    /// <summary>Makes an empty database; the result connects to it.</summary>
    public async Task<string> NewDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await PostgresCluster.RunAsync(ConnectionString, $"CREATE DATABASE {name} TEMPLATE template0", cancellationToken);
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    /// <summary>All that it has written into its log.</summary>
    public Task<string> LogAsync() => File.ReadAllTextAsync(Path.Combine(_folder.FullName, "server.log"));

    /// <summary>Keeps a copy of all its data, as it is while it is stopped.</summary>
    public Task KeepCopyAsync() => RunAsync([.. _asUser, "cp", "-a", Data, Copy]);

    /// <summary>Takes the copy in place of what there is now; while it is stopped.</summary>
    public async Task PutCopyBackAsync()
    {
        Directory.Delete(Data, recursive: true);
        await RunAsync([.. _asUser, "cp", "-a", Copy, Data]);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync("QUIT");
        if (_folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Copy => Path.Combine(_folder.FullName, "copy");

    private async Task StopAsync(string signal)
    {
        if (_keeper is { } keeper)
        {
            _keeper = null;
            if (!keeper.HasExited)
            {
                await keeper.StandardInput.WriteLineAsync(signal);
                await keeper.StandardInput.FlushAsync();
            }

            await keeper.WaitForExitAsync();
            keeper.Dispose();
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false;Timeout=5");
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>Debian keeps the programs of each version in a folder of its own, which is not on the path.</summary>
    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Max(StringComparer.Ordinal) is { } found
            ? found
            : throw new InvalidOperationException(
                "These tests need PostgreSQL 15 or newer: install it (Debian: apt-get install postgresql), or name a server in CARTULARY_TEST_POSTGRES.");

    /// <summary>PostgreSQL refuses to run as root, so it gets an ordinary user, to whom the folder is given.</summary>
    private static string[] AsOrdinaryUser(DirectoryInfo folder)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return [];
        }

        using var change = Process.Start("chown", ["nobody", folder.FullName]);
        change.WaitForExit();
        return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} failed: {await output}{await errors}");
        }
    }
}
