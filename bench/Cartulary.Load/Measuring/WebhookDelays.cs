using System.Diagnostics;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>How soon the receiver of a webhook hears of a save. The event may come before the save is answered, which counts as less than zero.</summary>
internal sealed class WebhookDelays(Effort effort, FigureList figures, Target server)
{
    private const int Batch = 10;
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(1);
    private readonly PacedSaves _singles = new(10_000_000, effort.Webhooks.Tables * Warehouse.ColumnsPerTable);
    private readonly PacedSaves _batches = new(50_000_000, effort.Webhooks.Tables * Warehouse.ColumnsPerTable, Batch);

    /// <summary>At 1, 100 and 1,000 events a second.</summary>
    public async Task RunAsync(string store, Webhook webhook, Func<long> residentBytes, CancellationToken cancellationToken)
    {
        await WarmUpAsync(webhook, cancellationToken);
        figures.Group($"Commit to webhook, {store}, 1 webhook");
        await MeasureAsync("1 single save a second", _singles, Seldom, effort.StreamTime * 5, webhook, cancellationToken);
        await MeasureAsync("100 single saves a second", _singles, Often, effort.StreamTime * 2, webhook, cancellationToken);
        await MeasureAsync($"100 saves of {Batch} a second", _batches, Often, effort.StreamTime * 2, webhook, cancellationToken);
        figures.Add(WebhookFlow.Memory(residentBytes()));
    }

    /// <summary>At 100 single saves a second, for a time.</summary>
    public async Task<(List<PacedSave> Saves, Latencies SinceAnswer)> MeasureSinglesAsync(Webhook webhook, TimeSpan time, CancellationToken cancellationToken)
    {
        var saves = await SaveAsync(_singles, Often, time, webhook, cancellationToken);
        return (saves, Since(saves, webhook.Inbox, static save => save.Answered));
    }

    private async Task WarmUpAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        await SaveAsync(_singles, Often, effort.StreamTime, webhook, cancellationToken);
        await SaveAsync(_batches, Often, effort.StreamTime, webhook, cancellationToken);
    }

    private async Task MeasureAsync(string pace, PacedSaves source, TimeSpan every, TimeSpan time, Webhook webhook, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var saves = await SaveAsync(source, every, time, webhook, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start, saves.Max(save => save.Answered)).TotalSeconds;
        var (sinceAnswer, sinceSent) = (Since(saves, webhook.Inbox, static save => save.Answered), Since(saves, webhook.Inbox, static save => save.Sent));
        figures.Add(new Figure($"{pace}: events", saves.Sum(save => save.Count) / seconds, "events/s"));
        figures.Add(new Figure("  from the answer to a save to its event, p50", sinceAnswer.Microseconds(0.5), "us"));
        figures.Add(new Figure("  from the answer to a save to its event, p99", sinceAnswer.Microseconds(0.99), "us") { Aim = "20,000" });
        figures.Add(new Figure("  from sending a save to its event, p50", sinceSent.Microseconds(0.5), "us"));
        figures.Add(new Figure("  from sending a save to its event, p99", sinceSent.Microseconds(0.99), "us"));
    }

    /// <summary>Saves at a pace, and waits until all that came of it has come to the webhook.</summary>
    private async Task<List<PacedSave>> SaveAsync(PacedSaves source, TimeSpan every, TimeSpan time, Webhook webhook, CancellationToken cancellationToken)
    {
        var saves = await source.SaveAtPaceAsync(server, every, time, cancellationToken);
        await Webhooks.ExpectAsync(webhook, await server.HeadAsync(cancellationToken) - webhook.StartAt, cancellationToken);
        return saves;
    }

    private static Latencies Since(List<PacedSave> saves, Inbox inbox, Func<PacedSave, long> from) => new(
        saves.SelectMany(static save => Enumerable.Range(0, save.Count), (save, place) => inbox[save.Edition + place] - from(save)));
}
