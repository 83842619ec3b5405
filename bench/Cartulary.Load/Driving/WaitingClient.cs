using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Cartulary.Load.Driving;

/// <summary>One call of the feed that waits for an event, on a connection of its own: ten thousand of them share two cores with the server.</summary>
internal sealed class WaitingClient : IDisposable
{
    private const int LargestAnswer = 64 * 1024;
    private readonly TcpClient _connection;

    private WaitingClient(TcpClient connection, Task<long> answered)
    {
        _connection = connection;
        Answered = answered;
    }

    /// <summary>Completes with when the whole answer was there, in ticks of <see cref="Stopwatch"/>.</summary>
    public Task<long> Answered { get; }

    /// <summary>Asks for the event after a place.</summary>
    /// <param name="address">The server.</param>
    /// <param name="key">Its key.</param>
    /// <param name="after">The place.</param>
    /// <param name="wait">How many seconds to wait for it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<WaitingClient> AskAsync(Uri address, string key, long after, int wait, CancellationToken cancellationToken)
    {
        var connection = new TcpClient { NoDelay = true };
        await connection.ConnectAsync(address.Host, address.Port, cancellationToken);
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"GET /api/events?after={after}&wait={wait} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {key}\r\nConnection: close\r\n\r\n");
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken);
        return new WaitingClient(connection, ReadAsync(connection.GetStream(), after + 1, cancellationToken));
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _connection.Dispose();

    private static async Task<long> ReadAsync(NetworkStream stream, long expected, CancellationToken cancellationToken)
    {
        // No room is taken before there is something to read.
        var first = new byte[1];
        await stream.ReadExactlyAsync(first, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(LargestAnswer);
        try
        {
            buffer[0] = first[0];
            var length = first.Length;
            while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var count)
            {
                length += count;
            }

            var now = Stopwatch.GetTimestamp();
            var answer = buffer.AsSpan(0, length);
            return answer.StartsWith("HTTP/1.1 200"u8) && answer.IndexOf(Encoding.ASCII.GetBytes($"\"events\":[{{\"seq\":{expected},")) > 0
                ? now
                : throw new InvalidOperationException($"A reader that waited for event {expected} got: {Encoding.UTF8.GetString(answer)}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
