using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Load.Driving;

/// <summary>Takes the messages of many webhooks, each under a path of its own: answers at once, or never.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Inbox> _inboxes = new(StringComparer.Ordinal);
    private int _paths;

    private WebhookReceiver(WebApplication app) => _app = app;

    /// <summary>Starts one in this process.</summary>
    public static async Task<WebhookReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>A new inbox.</summary>
    /// <param name="answers">Whether its messages are answered; otherwise they are let hang.</param>
    public Inbox Open(bool answers = true)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/{++_paths}");
        return _inboxes[path] = new Inbox(_app.Urls.Single() + path, answers);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // What hangs is not waited for.
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        var inbox = _inboxes[http.Request.Path.Value!];
        if (!inbox.Answers)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        var read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
        while (!read.IsCompleted)
        {
            http.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = await http.Request.BodyReader.ReadAsync(http.RequestAborted);
        }

        inbox.Take(http.Request.Headers["webhook-id"].ToString(), read.Buffer, Stopwatch.GetTimestamp());
        http.Request.BodyReader.AdvanceTo(read.Buffer.End);
    }
}
