using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cartulary.Load.Driving;

/// <summary>An open event stream, read as cheaply as can be: a thousand of them share two cores with the server.</summary>
internal sealed class StreamClient : IDisposable
{
    // id, event, data and an empty line; the stream itself begins with retry and an empty line.
    private const int LinesOfEvent = 4;
    private const int LinesOfStart = 2;
    private readonly TcpClient _connection = new();
    private readonly Action<ReadOnlySpan<byte>>? _heard;
    private long _lines;
    private Task _reading = Task.CompletedTask;

    private StreamClient(Action<ReadOnlySpan<byte>>? heard) => _heard = heard;

    /// <summary>How many events have come.</summary>
    public long Events => (Volatile.Read(ref _lines) - LinesOfStart) / LinesOfEvent;

    /// <summary>When the last bytes came, as <see cref="Stopwatch.GetTimestamp"/> gives it.</summary>
    public long LastHeard { get; private set; }

    /// <summary>Opens a stream of what comes from now on; returns when the server has answered.</summary>
    /// <param name="address">The server.</param>
    /// <param name="key">Its key.</param>
    /// <param name="heard">Is given the bytes as they come; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<StreamClient> OpenAsync(Uri address, string key, Action<ReadOnlySpan<byte>>? heard, CancellationToken cancellationToken)
    {
        var client = new StreamClient(heard);
        await client._connection.ConnectAsync(address.Host, address.Port, cancellationToken);
        client._connection.NoDelay = true;
        var request = string.Create(
            CultureInfo.InvariantCulture, $"GET /api/events/stream HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\n\r\n");
        await client._connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        await client.ReadHeadersAsync(cancellationToken);
        client._reading = client.ReadAsync(new byte[4_096]);
        return client;
    }

    /// <summary>Closes the stream.</summary>
    public void Dispose() => _connection.Dispose();

    /// <summary>Completes when the stream has ended.</summary>
    public Task WaitForEndAsync() => _reading;

    private async Task ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await _connection.GetStream().ReadExactlyAsync(one, cancellationToken);
            head.Append((char)one[0]);
        }

        if (!head.ToString().StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"A stream was refused: {head}");
        }
    }

    private async Task ReadAsync(byte[] buffer)
    {
        try
        {
            while (await _connection.GetStream().ReadAsync(buffer, CancellationToken.None) is > 0 and var count)
            {
                LastHeard = Stopwatch.GetTimestamp();
                Interlocked.Add(ref _lines, LinesIn(buffer.AsSpan(0, count)));
                _heard?.Invoke(buffer.AsSpan(0, count));
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // Closing the connection is how a reader ends.
        }
    }

    /// <summary>Line ends of the stream itself; those of the chunks around it follow a carriage return.</summary>
    private static int LinesIn(ReadOnlySpan<byte> bytes) => bytes.Count((byte)'\n') - bytes.Count("\r\n"u8);
}
