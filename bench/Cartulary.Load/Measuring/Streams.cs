using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cartulary.Load.Driving;
using Cartulary.Load.Figures;
using Cartulary.Load.Processes;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Readers of events: how soon they hear of a save, what a thousand of them cost, and how fast the past is read.</summary>
internal sealed class Streams(Effort effort, FigureList figures)
{
    private const int Columns = 10_000;
    private const int LeastCache = 1_048_576;
    private readonly PacedSaves _saves = new();

    /// <summary>Measures, in a folder that is still empty.</summary>
    public async Task RunAsync(string folder, CancellationToken cancellationToken)
    {
        await AllowAsync(folder, effort.Streams + 10, cancellationToken);
        await using (var server = await CatalogProcess.StartAsync(folder, cancellationToken))
        {
            await server.GuardAsync(async () =>
            {
                await ClosedLoop.OnceAsync(server.Target, 1, [.. Warehouse.Tables(0, Columns / Warehouse.ColumnsPerTable)], cancellationToken);
                await ClosedLoop.OnceAsync(server.Target, 4, Warehouse.Columns(0, Columns, 100), cancellationToken);
                await WarmUp.SettleAsync(server.Target, Warehouse.Columns(0, Columns, 100), cancellationToken);
                await MeasureDelayAsync(server, cancellationToken);
                await MeasureCrowdAsync(server, cancellationToken);
            });
        }

        // With next to no room to remember anything, every page is read from the store.
        await SetAsync(folder, $$"""{"Feed":{"CacheBytes":{{LeastCache}} } }""", cancellationToken);
        await using var again = await CatalogProcess.StartAsync(folder, cancellationToken);
        await again.GuardAsync(() => MeasureReadingAsync(again.Target, cancellationToken));
    }

    /// <summary>One reader, 100 saves a second: from the answer to a save until its event is there. The event may come first.</summary>
    private async Task MeasureDelayAsync(CatalogProcess server, CancellationToken cancellationToken)
    {
        var heard = new HeardEditions();
        using var stream = await server.OpenStreamAsync(heard.Take, cancellationToken);
        var answered = await _saves.SaveAtPaceAsync(server.Target, effort.StreamTime * 2, cancellationToken);
        await UntilAsync(() => stream.Events >= answered.Count, cancellationToken);
        var sinceSent = new Latencies(answered.Select(save => heard[save.Edition] - save.Sent));
        var sinceAnswer = new Latencies(answered.Select(save => heard[save.Edition] - save.Answered));
        figures.Group("Commit to stream, 100 single saves a second, 1 reader");
        figures.Add(new Figure("from the answer to a save to its event, p50", sinceAnswer.Microseconds(0.5), "us"));
        figures.Add(new Figure("from the answer to a save to its event, p99", sinceAnswer.Microseconds(0.99), "us") { Aim = "20,000" });
        figures.Add(new Figure("from sending a save to its event, p50", sinceSent.Microseconds(0.5), "us"));
        figures.Add(new Figure("from sending a save to its event, p99", sinceSent.Microseconds(0.99), "us"));
    }

    /// <summary>Many readers: what they take at rest, and what 100 saves a second cost with them and without.</summary>
    private async Task MeasureCrowdAsync(CatalogProcess server, CancellationToken cancellationToken)
    {
        var alone = await LoadAsync(server, effort.StreamTime, cancellationToken);
        var before = server.ResidentBytes;
        var streams = new List<StreamClient>();
        while (streams.Count < effort.Streams)
        {
            streams.Add(await server.OpenStreamAsync(heard: null, cancellationToken));
        }

        await Task.Delay(effort.StreamTime, cancellationToken);
        var memory = server.ResidentBytes - before;
        var (idle, start) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(effort.StreamTime, cancellationToken);
        var idleShare = (server.ProcessorTime - idle) / Stopwatch.GetElapsedTime(start);
        var events = streams[0].Events;
        var all = await effort.LowestAsync(() => UntilAllAsync(server.Target, streams, ++events, cancellationToken));
        var together = await LoadAsync(server, effort.StreamTime, cancellationToken);
        var expected = events + together.Saves;
        await UntilAsync(() => streams.TrueForAll(stream => stream.Events >= expected), cancellationToken);
        Show(streams.Count, memory, idleShare, all, alone, together);
        streams.ForEach(stream => stream.Dispose());
        await Task.WhenAll(streams.Select(stream => stream.WaitForEndAsync()));
    }

    private void Show(int count, long memory, double idleShare, double all, (double Share, int Saves) alone, (double Share, int Saves) together)
    {
        figures.Group(string.Create(CultureInfo.InvariantCulture, $"{count:N0} open streams"));
        figures.Add(new Figure("memory", memory / 1024.0 / count, "KiB each"));
        figures.Add(new Figure("processor at rest", idleShare * 100, "% of one"));
        figures.Add(new Figure("one save, until all have its event", all, "us"));
        figures.Add(new Figure("processor at 100 saves/s, no stream", alone.Share * 100, "% of one"));
        figures.Add(new Figure("processor at 100 saves/s, all streams", together.Share * 100, "% of one"));
    }

    /// <summary>Reads the whole feed, by pages: first from a server that has just started, then again.</summary>
    private async Task MeasureReadingAsync(Target server, CancellationToken cancellationToken)
    {
        figures.Group("Reading the feed from its beginning, 1 connection");
        figures.Add(new Figure("pages of 500 events, just started", await ReadingRateAsync(server, 500, cancellationToken), "events/s"));
        foreach (var limit in new[] { 500, 5_000 })
        {
            var rate = await effort.HighestAsync(() => ReadingRateAsync(server, limit, cancellationToken));
            figures.Add(new Figure(string.Create(CultureInfo.InvariantCulture, $"pages of {limit:N0} events"), rate, "events/s"));
        }
    }

    private static async Task<double> ReadingRateAsync(Target server, int limit, CancellationToken cancellationToken)
    {
        var events = 0L;
        var start = Stopwatch.GetTimestamp();
        for (var (next, head) = (0L, long.MaxValue); next < head;)
        {
            using var page = JsonDocument.Parse(await server.FeedAsync(next, limit, cancellationToken));
            (next, head) = (page.RootElement.GetProperty("next").GetInt64(), page.RootElement.GetProperty("head").GetInt64());
            events += page.RootElement.GetProperty("events").GetArrayLength();
        }

        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private async Task<(double Share, int Saves)> LoadAsync(CatalogProcess server, TimeSpan time, CancellationToken cancellationToken)
    {
        var (used, start) = (server.ProcessorTime, Stopwatch.GetTimestamp());
        var saves = await _saves.SaveAtPaceAsync(server.Target, time, cancellationToken);
        return ((server.ProcessorTime - used) / Stopwatch.GetElapsedTime(start), saves.Count);
    }

    private async Task<double> UntilAllAsync(Target server, List<StreamClient> streams, long events, CancellationToken cancellationToken)
    {
        var save = await _saves.SaveAsync(server, cancellationToken);
        await UntilAsync(() => streams.TrueForAll(stream => stream.Events >= events), cancellationToken);
        return Stopwatch.GetElapsedTime(save.Answered, streams.Max(stream => stream.LastHeard)).TotalMicroseconds;
    }

    private static async Task UntilAsync(Func<bool> isDone, CancellationToken cancellationToken)
    {
        while (!isDone())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }
    }

    /// <summary>One key opens all streams here.</summary>
    private static Task AllowAsync(string folder, int streams, CancellationToken cancellationToken) =>
        SetAsync(folder, $$"""{"Stream":{"StreamsMax":{{streams}},"StreamsPerKeyMax":{{streams}} } }""", cancellationToken);

    private static Task SetAsync(string folder, string settings, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(folder, "appsettings.json"), settings, cancellationToken);
}
