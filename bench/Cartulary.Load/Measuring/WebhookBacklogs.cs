using System.Diagnostics;
using System.Globalization;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;

namespace Cartulary.Load.Measuring;

/// <summary>How many events a second go to webhooks that are far behind.</summary>
internal sealed class WebhookBacklogs(WebhookEffort effort, FigureList figures, Target server, Webhooks webhooks)
{
    /// <summary>The whole log to one webhook, then the end of it to many.</summary>
    public async Task RunAsync(string store, Func<long> residentBytes, CancellationToken cancellationToken)
    {
        var head = await server.HeadAsync(cancellationToken);
        figures.Group($"Backlog to webhooks, {store}");
        var one = await DrainAsync(1, startAt: 0, head, cancellationToken);
        figures.Add(new Figure(string.Create(CultureInfo.InvariantCulture, $"{head:N0} events to 1 webhook"), one, "events/s"));
        figures.Add(WebhookFlow.Memory(residentBytes()));
        var many = await DrainAsync(effort.Fan, startAt: head - effort.FanEvents, head, cancellationToken);
        figures.Add(new Figure(
            string.Create(CultureInfo.InvariantCulture, $"{effort.FanEvents:N0} events to each of {effort.Fan} webhooks, in all"), many, "events/s")
        { Aim = "10,000" });
        figures.Add(WebhookFlow.Memory(residentBytes()));
    }

    /// <summary>Events a second in all, from when the last webhook was made: those before it have begun by then.</summary>
    private async Task<double> DrainAsync(int count, long startAt, long head, CancellationToken cancellationToken)
    {
        var made = new List<Webhook>();
        while (made.Count < count)
        {
            made.Add(await webhooks.MakeAsync(startAt, prefix: "", answers: true, cancellationToken));
        }

        var (start, before) = (Stopwatch.GetTimestamp(), made.Sum(static webhook => webhook.Inbox.Events));
        foreach (var webhook in made)
        {
            await Webhooks.ExpectAsync(webhook, head - startAt, cancellationToken);
        }

        var seconds = Stopwatch.GetElapsedTime(start, made.Max(static webhook => webhook.Inbox.Last)).TotalSeconds;
        foreach (var webhook in made)
        {
            await webhooks.RemoveAsync(webhook, cancellationToken);
        }

        return (((head - startAt) * count) - before) / seconds;
    }
}
