using System.Diagnostics;
using System.Globalization;
using Cartulary.Load.Driving;

namespace Cartulary.Load.Measuring;

/// <summary>The webhooks of a server, all to one receiver in this process. A bench whose events do not come, or come again, measures nothing.</summary>
internal sealed class Webhooks(Target server, WebhookReceiver receiver)
{
    private const string Path = "/api/webhooks";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    /// <summary>Makes a webhook in the form of CloudEvents, signed.</summary>
    /// <param name="startAt">It gets what comes after this event.</param>
    /// <param name="prefix">It gets events of assets only whose names begin so; empty for all.</param>
    /// <param name="answers">Whether its receiver answers.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Webhook> MakeAsync(long startAt, string prefix, bool answers, CancellationToken cancellationToken)
    {
        var inbox = receiver.Open(answers);
        var body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"name":"bench","url":"{{inbox.Url}}","format":"cloudevents","startAt":{{startAt}},"qualifiedNamePrefix":"{{prefix}}"}""");
        var made = await server.CallAsync(HttpMethod.Post, Path, body, cancellationToken);
        return new Webhook(made.GetProperty("id").GetString()!, startAt, inbox);
    }

    /// <summary>Removes a webhook.</summary>
    public Task RemoveAsync(Webhook webhook, CancellationToken cancellationToken) =>
        server.CallAsync(HttpMethod.Delete, $"{Path}/{webhook.Id}", json: null, cancellationToken);

    /// <summary>Waits until so many events have come, each once.</summary>
    /// <exception cref="InvalidOperationException">One is missing, or came again.</exception>
    public static async Task ExpectAsync(Webhook webhook, long events, CancellationToken cancellationToken)
    {
        var (seen, since) = (-1, 0L);
        while (webhook.Inbox.Events < events)
        {
            if (webhook.Inbox.Events != seen)
            {
                (seen, since) = (webhook.Inbox.Events, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException($"Of {events} events {seen} came to {webhook.Inbox.Url}, and no more in {Patience.TotalSeconds} s.");
            }

            await Task.Delay(LookAgain, cancellationToken);
        }

        if (webhook.Inbox.Events > events || webhook.Inbox.Repeats > 0)
        {
            throw new InvalidOperationException(
                $"{webhook.Inbox.Events} events came to {webhook.Inbox.Url}, and {webhook.Inbox.Repeats} of them again; expected were {events}, each once.");
        }
    }
}

/// <summary>A webhook.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StartAt">It gets what comes after this event.</param>
/// <param name="Inbox">What it was sent.</param>
internal sealed record Webhook(string Id, long StartAt, Inbox Inbox);
