using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Cartulary.Server.Tests.BadInput;

/// <summary>What came back on a bare connection; status 0 when the connection was closed without an answer.</summary>
internal sealed record RawAnswer(int Status, string Head, byte[] Body)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Sends bytes on a connection of their own, and reads the answer.</summary>
    /// <param name="address">The server.</param>
    /// <param name="request">The bytes.</param>
    /// <param name="breaksOff">Whether the connection is closed to the server after them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<RawAnswer> ToAsync(Uri address, byte[] request, bool breaksOff, CancellationToken cancellationToken)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request, cancellationToken);
            if (breaksOff)
            {
                client.Client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (IOException)
        {
            // The server has answered before it was told everything.
        }

        return await ReadAsync(stream, cancellationToken);
    }

    /// <summary>Reads one answer.</summary>
    public static async Task<RawAnswer> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>();
        var buffer = new byte[16 * 1024];
        try
        {
            while (!IsWhole(bytes) && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                bytes.AddRange(buffer.AsSpan(0, count));
            }
        }
        catch (IOException)
        {
            // What had come before the connection broke is the answer.
        }

        return Parse(bytes);
    }

    private static bool IsWhole(List<byte> bytes)
    {
        var answer = Parse(bytes);
        return answer.Status != 0 && answer.Body.Length >= LengthIn(answer.Head);
    }

    private static int LengthIn(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture);
    }

    private static RawAnswer Parse(List<byte> bytes)
    {
        var text = Encoding.Latin1.GetString([.. bytes]);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0
            ? new RawAnswer(0, text, [])
            : new RawAnswer(int.Parse(text.Split(' ')[1], CultureInfo.InvariantCulture), text[..end], [.. bytes.Skip(end + 4)]);
    }
}
