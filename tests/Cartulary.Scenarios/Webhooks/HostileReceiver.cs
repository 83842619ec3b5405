using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>A receiver that speaks raw TCP, so that it can do what no web server does. Each connection gets one message and is treated as it says.</summary>
public sealed class HostileReceiver : IAsyncDisposable
{
    private static readonly byte[] Chunk = Encoding.ASCII.GetBytes("1000\r\n" + new string('x', 0x1000) + "\r\n");
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Socket, int, CancellationToken, Task> _treat;
    private readonly Task _running;
    private int _connections;

    /// <summary>Begins to listen.</summary>
    /// <param name="treat">Treats a connection whose message has been read; told the how-manyeth it is, from 1.</param>
    public HostileReceiver(Func<Socket, int, CancellationToken, Task> treat)
    {
        _treat = treat;
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>With what it speaks TLS; without one it does not.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Where it listens.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"{(Certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>How many connections it has treated.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Bytes that were sent to whoever asked.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends text.</summary>
    public static async Task SayAsync(Socket socket, string text, CancellationToken cancellationToken) =>
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), cancellationToken);

    /// <summary>Sends until the other side has had enough.</summary>
    public async Task FloodAsync(Socket socket, byte[] piece, CancellationToken cancellationToken)
    {
        while (true)
        {
            Sent += await socket.SendAsync(piece, cancellationToken);
        }
    }

    /// <summary>Sends a body without an end.</summary>
    public async Task EndlessBodyAsync(Socket socket, CancellationToken cancellationToken)
    {
        await SayAsync(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", cancellationToken);
        await FloodAsync(socket, Chunk, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var treated = new List<Task>();
        try
        {
            while (true)
            {
                treated.Add(TreatAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(treated);
        }
    }

    private async Task TreatAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                if (Certificate is not null)
                {
                    await using var tls = new SslStream(new NetworkStream(socket));
                    await tls.AuthenticateAsServerAsync(Certificate);
                    await tls.ReadExactlyAsync(new byte[1], _stop.Token);
                }

                await ReadMessageAsync(socket);
                await _treat(socket, Interlocked.Increment(ref _connections), _stop.Token);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException or IOException or AuthenticationException)
            {
                // The sender has gone, which is its right.
            }
        }
    }

    /// <summary>Reads a request with a body of a told length.</summary>
    private async Task ReadMessageAsync(Socket socket)
    {
        var (text, buffer) = (new StringBuilder(), new byte[64 * 1024]);
        while (true)
        {
            var count = await socket.ReceiveAsync(buffer, _stop.Token);
            if (count == 0)
            {
                throw new SocketException((int)SocketError.ConnectionReset);
            }

            text.Append(Encoding.Latin1.GetString(buffer, 0, count));
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && all.Length - end - 4 >= LengthOf(all[..end]))
            {
                return;
            }
        }
    }

    private static int LengthOf(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture))
        .Single();
}
