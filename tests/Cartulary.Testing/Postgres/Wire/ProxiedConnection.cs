using System.Net;
using System.Net.Sockets;

namespace Cartulary.Testing.Postgres.Wire;

/// <summary>One connection through the proxy: passes messages on, and knows which statement runs.</summary>
internal sealed class ProxiedConnection : IDisposable
{
    private const string SaveBegins = "BEGIN ISOLATION LEVEL READ COMMITTED";
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    private readonly CuttingProxy _proxy;
    private readonly TcpClient _writer;
    private readonly TcpClient _database = new();
    private readonly Dictionary<string, string> _statements = new(StringComparer.Ordinal);
    private volatile string _statement = "";
    private volatile ArmedCut? _cut;
    private volatile bool _isDeaf;

    private ProxiedConnection(CuttingProxy proxy, TcpClient writer)
    {
        _proxy = proxy;
        _writer = writer;
    }

    /// <summary>Passes on what comes until one side ends, or it is cut.</summary>
    public static async Task RunAsync(CuttingProxy proxy, TcpClient writer, int target, CancellationToken cancellationToken)
    {
        using var connection = new ProxiedConnection(proxy, writer);
        try
        {
            await connection._database.ConnectAsync(IPAddress.Loopback, target, cancellationToken);
            writer.NoDelay = connection._database.NoDelay = true;
            await Task.WhenAll(
                connection.PassOnAsync(writer, connection._database, isFromWriter: true, cancellationToken),
                connection.PassOnAsync(connection._database, writer, isFromWriter: false, cancellationToken));
        }
        catch (SocketException)
        {
            // The database is away; to the writer it looks the same.
        }
        finally
        {
            connection._cut?.Place.TrySetResult(null);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _database.Dispose();
    }

    private async Task PassOnAsync(TcpClient from, TcpClient to, bool isFromWriter, CancellationToken cancellationToken)
    {
        try
        {
            var (source, target) = (from.GetStream(), to.GetStream());
            var isFirst = isFromWriter;
            while (await WireMessage.ReadAsync(source, isFirst, cancellationToken) is { } message)
            {
                isFirst = false;
                if (isFromWriter)
                {
                    Follow(message);
                }

                if (_cut is { } cut && cut.Meets(isFromWriter))
                {
                    await CutAsync(cut, message, target, cancellationToken);
                    return;
                }

                if (isFromWriter || !_isDeaf)
                {
                    await target.WriteAsync(message.Bytes, cancellationToken);
                }

                ForgetWhenOver(message, isFromWriter);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone, or the proxy is closed.
        }
        finally
        {
            if (!_isDeaf)
            {
                Dispose();
            }
        }
    }

    private async Task CutAsync(ArmedCut cut, WireMessage message, NetworkStream target, CancellationToken cancellationToken)
    {
        var place = $"{_statement} ({message.Type})";
        if (cut.Cut.Side == CutSide.WriterBeforeArrival)
        {
            _isDeaf = true;
            var rest = await RestOfBatchAsync(message, cancellationToken);
            _writer.Dispose();
            cut.Place.TrySetResult(place);
            await Task.Delay(Late, cancellationToken);
            await target.WriteAsync(rest, cancellationToken);
            _database.Client.Shutdown(SocketShutdown.Send);
            return;
        }

        await target.WriteAsync(cut.Cut.IsInTheMiddle ? message.Bytes.AsMemory(0, message.Bytes.Length / 2) : message.Bytes, cancellationToken);
        Dispose();
        cut.Place.TrySetResult(place);
    }

    /// <summary>What the writer sends up to the end of its batch, which it has sent as a whole.</summary>
    private async Task<byte[]> RestOfBatchAsync(WireMessage first, CancellationToken cancellationToken)
    {
        var bytes = new List<byte>(first.Bytes);
        for (var message = first; message is not null && message.Type != 'S';)
        {
            message = await WireMessage.ReadAsync(_writer.GetStream(), isFirst: false, cancellationToken);
            bytes.AddRange(message?.Bytes ?? []);
        }

        return [.. bytes];
    }

    private void Follow(WireMessage message)
    {
        if (message.Type == 'P')
        {
            var (name, text) = message.Texts();
            _statements[name] = text;
        }
        else if (message.Type == 'B')
        {
            _statement = _statements.GetValueOrDefault(message.Texts().Second, "");
            if (_statement == SaveBegins && _cut is null)
            {
                _cut = _proxy.TakeArmed();
            }

            _cut?.Begin(_statement);
        }
    }

    private void ForgetWhenOver(WireMessage message, bool isFromWriter)
    {
        if (!isFromWriter && _cut is { } cut && _statement == "COMMIT" && message.Type == 'Z')
        {
            _cut = null;
            cut.Place.TrySetResult(null);
        }
    }
}
