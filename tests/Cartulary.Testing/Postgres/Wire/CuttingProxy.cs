using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Cartulary.Testing.Postgres.Wire;

/// <summary>
/// Stands between a server of ours and PostgreSQL, and cuts the connection of one save at a chosen message. Connections that
/// are encrypted cannot be looked into, so <see cref="Through"/> asks for plain ones.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<Task> _connections = new();
    private readonly int _target;
    private readonly Task _accepting;
    private ArmedCut? _armed;

    /// <summary>Starts, in front of a port of this machine.</summary>
    public CuttingProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, at 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The connection string that leads through it.</summary>
    public string Through(string connectionString) => new Npgsql.NpgsqlConnectionStringBuilder(connectionString)
    {
        Port = Port,
        SslMode = Npgsql.SslMode.Disable,
        GssEncryptionMode = Npgsql.GssEncryptionMode.Disable,
    }.ConnectionString;

    /// <summary>
    /// Cuts the connection of the next save that begins. The result says at which statement; it is null when the save was
    /// over before it came to that message.
    /// </summary>
    public Task<string?> ArmAsync(Cut cut)
    {
        var armed = new ArmedCut(cut);
        Interlocked.Exchange(ref _armed, armed);
        return armed.Place.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stopping.Dispose();
    }

    internal ArmedCut? TakeArmed() => Interlocked.Exchange(ref _armed, null);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                _connections.Enqueue(ProxiedConnection.RunAsync(this, client, _target, _stopping.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody wants it any more.
        }
    }
}
