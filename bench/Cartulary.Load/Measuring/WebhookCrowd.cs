using System.Diagnostics;
using System.Globalization;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>
/// One webhook that gets all events, beside very many that each get those of one table; the receivers of some never answer. At 100 single saves a second over all
/// tables in turn, each of the many has an event every few seconds.
/// </summary>
internal sealed class WebhookCrowd(Effort effort, FigureList figures, WebhookDelays delays, Webhooks webhooks)
{
    private readonly WebhookEffort _effort = effort.Webhooks;

    /// <summary>Measures.</summary>
    public async Task RunAsync(string store, Webhook healthy, Target server, Func<long> residentBytes, CancellationToken cancellationToken)
    {
        var (_, alone) = await delays.MeasureSinglesAsync(healthy, effort.StreamTime * 4, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        var others = await MakeAsync(await server.HeadAsync(cancellationToken), cancellationToken);
        var each = Stopwatch.GetElapsedTime(start).TotalMilliseconds / others.Count;
        var (first, _) = await delays.MeasureSinglesAsync(healthy, effort.StreamTime, cancellationToken);
        var (second, beside) = await delays.MeasureSinglesAsync(healthy, effort.StreamTime * 4, cancellationToken);
        var told = await ExpectAsync(others, [.. first, .. second], cancellationToken);
        figures.Group(
            string.Create(CultureInfo.InvariantCulture, $"1 webhook beside {_effort.Crowd:N0} of which {_effort.Hanging:N0} hang, {store}, 100 saves/s"), "the same alone");
        figures.Add(new Figure("from the answer to a save to its event, p50", beside.Microseconds(0.5), "us") { Bound = alone.Microseconds(0.5) });
        figures.Add(new Figure("from the answer to a save to its event, p99", beside.Microseconds(0.99), "us") { Bound = alone.Microseconds(0.99), Aim = "20,000; 2" });
        figures.Add(new Figure("events to the others that answer", told / (effort.StreamTime * 5).TotalSeconds, "events/s"));
        figures.Add(new Figure("to make a webhook, one after another", each, "ms"));
        figures.Add(WebhookFlow.Memory(residentBytes()));
    }

    private async Task<List<Webhook>> MakeAsync(long head, CancellationToken cancellationToken)
    {
        var made = new List<Webhook>();
        while (made.Count < _effort.Crowd)
        {
            made.Add(await webhooks.MakeAsync(head, Warehouse.ColumnPrefix(made.Count % _effort.Tables), answers: made.Count >= _effort.Hanging, cancellationToken));
        }

        return made;
    }

    /// <summary>Waits until those that answer have what they are to get.</summary>
    private async Task<long> ExpectAsync(List<Webhook> others, List<PacedSave> saves, CancellationToken cancellationToken)
    {
        var changes = saves.ToLookup(static save => save.Column / Warehouse.ColumnsPerTable);
        var told = 0L;
        foreach (var (webhook, number) in others.Select(static (webhook, number) => (webhook, number)).Where(static pair => pair.webhook.Inbox.Answers))
        {
            var expected = changes[number % _effort.Tables].Count();
            await Webhooks.ExpectAsync(webhook, expected, cancellationToken);
            told += expected;
        }

        return told;
    }
}
