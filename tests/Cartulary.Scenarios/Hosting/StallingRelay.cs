using System.Net;
using System.Net.Sockets;

namespace Cartulary.Scenarios.Hosting;

/// <summary>Stands before a server and hands its answers on until so many bytes have passed; what comes then is held back.</summary>
public sealed class StallingRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _server;
    private readonly Task _work;
    private int _left;

    public StallingRelay(Uri server, int bytes)
    {
        (_server, _left) = (server, bytes);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _work = RunAsync(_end.Token);
    }

    public Uri Address { get; }

    /// <summary>Ends when the bytes have passed.</summary>
    public Task Stalled => _stalled.Task;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var client = await _listener.AcceptTcpClientAsync(cancellationToken);
        using var server = new TcpClient();
        await server.ConnectAsync(_server.Host, _server.Port, cancellationToken);
        await Task.WhenAny(client.GetStream().CopyToAsync(server.GetStream(), cancellationToken), AnswerAsync(server.GetStream(), client.GetStream(), cancellationToken));
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[4_096];
        while (_left > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, Math.Min(_left, buffer.Length)), cancellationToken);
            if (read == 0)
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            _left -= read;
        }

        _stalled.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
