using System.Diagnostics;
using System.Globalization;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;

namespace Cartulary.Load.Measuring;

/// <summary>Very many readers of the feed that wait for the next event, each on a connection of its own.</summary>
internal sealed class Waiters(Effort effort, FigureList figures, CatalogProcess server)
{
    /// <summary>The longest wait that the setting allows, so that none ends while the others still come.</summary>
    public const int WaitSeconds = 600;

    private const int AtOnce = 64;
    private const double KiB = 1024;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private readonly PacedSaves _saves = new(90_000_000);
    private readonly int _count = effort.Webhooks.Waiters;

    /// <summary>Measures.</summary>
    public async Task RunAsync(string store, CancellationToken cancellationToken)
    {
        var (memory, latencies) = (0L, new List<(double Sent, double Answered)>());
        for (var run = 0; run < effort.Runs; run++)
        {
            var (taken, sent, answered) = await MeasureAsync(cancellationToken);
            memory = run == 0 ? taken : memory;
            latencies.Add((sent, answered));
        }

        var best = latencies.MinBy(static latency => latency.Answered);
        figures.Group(string.Create(CultureInfo.InvariantCulture, $"{_count:N0} readers that wait, {store}"));
        figures.Add(new Figure("memory", memory / KiB / _count, "KiB each"));
        figures.Add(new Figure("from the answer to one save until all are answered", best.Answered, "ms"));
        figures.Add(new Figure("from sending that save until all are answered", best.Sent, "ms"));
        figures.Add(WebhookFlow.Memory(server.ResidentBytes));
    }

    private async Task<(long Memory, double Sent, double Answered)> MeasureAsync(CancellationToken cancellationToken)
    {
        var before = server.ResidentBytes;
        var waiting = await OpenAsync(await server.Target.HeadAsync(cancellationToken), cancellationToken);
        var memory = server.ResidentBytes - before;
        var save = await _saves.SaveAsync(server.Target, cancellationToken);
        var last = (await Task.WhenAll(waiting.Select(static client => client.Answered))).Max();
        waiting.ForEach(static client => client.Dispose());
        return (memory, Stopwatch.GetElapsedTime(save.Sent, last).TotalMilliseconds, Stopwatch.GetElapsedTime(save.Answered, last).TotalMilliseconds);
    }

    /// <summary>Opens all, and returns when the server says that so many wait.</summary>
    private async Task<List<WaitingClient>> OpenAsync(long head, CancellationToken cancellationToken)
    {
        var waiting = new List<WaitingClient>();
        while (waiting.Count < _count)
        {
            var next = Enumerable.Range(0, Math.Min(AtOnce, _count - waiting.Count)).Select(_ => server.AskForEventAsync(head, WaitSeconds, cancellationToken));
            waiting.AddRange(await Task.WhenAll(next));
        }

        while (await server.Target.MetricAsync("cartulary_feed_waiters", cancellationToken) < _count)
        {
            if (waiting.Find(static client => client.Answered.IsCompleted) is { } early)
            {
                // Fails with what it was answered.
                await early.Answered;
                throw new InvalidOperationException("A reader was answered before there was an event.");
            }

            await Task.Delay(LookAgain, cancellationToken);
        }

        return waiting;
    }
}
