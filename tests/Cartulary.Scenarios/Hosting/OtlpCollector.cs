using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Cartulary.Scenarios.Hosting;

/// <summary>Takes what is sent by OTLP and keeps it as it came: names in it are plain text.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _received = new();
    private readonly Task _running;

    public OtlpCollector()
    {
        Address = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>All that was sent.</summary>
    public string Text => string.Join('\n', _received);

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _running;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream, Encoding.Latin1);
                _received.Enqueue(await reader.ReadToEndAsync());
                call.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
        {
        }
    }
}
