using System.Diagnostics;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Driving;

/// <summary>Clients that each send their next request when the last one has been answered.</summary>
internal static class ClosedLoop
{
    /// <summary>Sends every body once.</summary>
    public static Task<LoopResult> OnceAsync(Target target, int clients, IReadOnlyList<Bulk> bulks, CancellationToken cancellationToken) =>
        RunAsync(target, clients, client => Stripe(bulks, clients, client), TimeSpan.MaxValue, cancellationToken);

    /// <summary>One client sends bodies that may be made as they are asked for.</summary>
    public static Task<LoopResult> EachAsync(Target target, IEnumerable<Bulk> bulks, CancellationToken cancellationToken) =>
        RunAsync(target, 1, _ => bulks, TimeSpan.MaxValue, cancellationToken);

    /// <summary>Sends the bodies again and again for a time. No two clients send the same body, so <paramref name="prepare"/> may change it.</summary>
    public static Task<LoopResult> ForAsync(
        Target target, int clients, IReadOnlyList<Bulk> bulks, TimeSpan time, Action<Bulk>? prepare, CancellationToken cancellationToken) =>
        RunAsync(target, clients, client => Prepared(Forever(bulks, clients, client), prepare), time, cancellationToken);

    private static async Task<LoopResult> RunAsync(
        Target target, int clients, Func<int, IEnumerable<Bulk>> work, TimeSpan time, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var runs = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => DriveAsync(target, work(client), start, time, cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new LoopResult(runs.Sum(run => run.Assets), elapsed, new Latencies(runs.SelectMany(run => run.Ticks)));
    }

    private static async Task<(long Assets, List<long> Ticks)> DriveAsync(
        Target target, IEnumerable<Bulk> work, long start, TimeSpan time, CancellationToken cancellationToken)
    {
        var answer = new byte[64 * 1024];
        var ticks = new List<long>();
        var assets = 0L;
        foreach (var bulk in work)
        {
            var sent = Stopwatch.GetTimestamp();
            await target.PostAsync(bulk.Body, answer, cancellationToken);
            ticks.Add(Stopwatch.GetTimestamp() - sent);
            assets += bulk.Count;
            if (Stopwatch.GetElapsedTime(start) >= time)
            {
                break;
            }
        }

        return (assets, ticks);
    }

    private static IEnumerable<Bulk> Stripe(IReadOnlyList<Bulk> bulks, int clients, int client)
    {
        for (var i = client; i < bulks.Count; i += clients)
        {
            yield return bulks[i];
        }
    }

    private static IEnumerable<Bulk> Forever(IReadOnlyList<Bulk> bulks, int clients, int client)
    {
        while (true)
        {
            foreach (var bulk in Stripe(bulks, clients, client))
            {
                yield return bulk;
            }
        }
    }

    private static IEnumerable<Bulk> Prepared(IEnumerable<Bulk> bulks, Action<Bulk>? prepare)
    {
        foreach (var bulk in bulks)
        {
            prepare?.Invoke(bulk);
            yield return bulk;
        }
    }
}
