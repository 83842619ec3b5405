using System.Globalization;
using System.Net;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>A receiver of webhooks that answers as it is told and remembers what it took.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly List<ReceivedMessage> _taken = [];
    private readonly Task _running;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Receiver(int? port = null)
    {
        Url = $"http://127.0.0.1:{(port ?? ServerProcess.FreePort()).ToString(CultureInfo.InvariantCulture)}/hook/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>The status that it answers a message with.</summary>
    public Func<ReceivedMessage, int> Answer { get; set; } = static _ => 204;

    /// <summary>What it answered 2xx, in order.</summary>
    public IReadOnlyList<ReceivedMessage> Taken
    {
        get
        {
            lock (_taken)
            {
                return [.. _taken];
            }
        }
    }

    /// <summary>The events among it.</summary>
    public IReadOnlyList<ReceivedMessage> Events => [.. Taken.Where(message => message.IsEvent)];

    /// <summary>Waits until what it took is as wished.</summary>
    public async Task<IReadOnlyList<ReceivedMessage>> WaitAsync(Func<IReadOnlyList<ReceivedMessage>, bool> isEnough, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_taken)
            {
                more = _more.Task;
            }

            if (Events is var events && isEnough(events))
            {
                return events;
            }

            await more.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _running;
    }

    private async Task RunAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            await TakeAsync(context);
        }
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        try
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            var headers = context.Request.Headers.AllKeys.ToDictionary(
                name => name!.ToLowerInvariant(), name => context.Request.Headers[name]!, StringComparer.Ordinal);
            var message = new ReceivedMessage(headers, body.ToArray());
            var status = Answer(message);
            if (status is >= 200 and < 300)
            {
                Keep(message);
            }

            context.Response.StatusCode = status;
            context.Response.Close();
        }
        catch (Exception problem) when (problem is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The sender has gone.
        }
    }

    private void Keep(ReceivedMessage message)
    {
        TaskCompletionSource more;
        lock (_taken)
        {
            _taken.Add(message);
            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        more.SetResult();
    }
}
