using System.Diagnostics;
using Cartulary.Load.Driving;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Saves at a fixed pace, each asset with an edition of its own by which its event is found.</summary>
/// <param name="edition">The edition before the first.</param>
/// <param name="columns">How many assets are saved in turn.</param>
/// <param name="perBody">How many of them one save holds.</param>
internal sealed class PacedSaves(long edition = 80_000_000, int columns = 1_000, int perBody = 1)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private readonly Bulk[] _bodies = Warehouse.Columns(0, columns, perBody);
    private long _edition = edition;

    /// <summary>Saves 100 times a second for a time, however long an answer takes.</summary>
    public Task<List<PacedSave>> SaveAtPaceAsync(Target server, TimeSpan time, CancellationToken cancellationToken) =>
        SaveAtPaceAsync(server, Pace, time, cancellationToken);

    /// <summary>Saves every so often for a time, however long an answer takes.</summary>
    public async Task<List<PacedSave>> SaveAtPaceAsync(Target server, TimeSpan pace, TimeSpan time, CancellationToken cancellationToken)
    {
        var saves = new List<Task<PacedSave>>();
        using var timer = new PeriodicTimer(pace);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < time && await timer.WaitForNextTickAsync(cancellationToken))
        {
            saves.Add(SaveAsync(server, cancellationToken));
        }

        return [.. await Task.WhenAll(saves)];
    }

    /// <summary>Saves once.</summary>
    public async Task<PacedSave> SaveAsync(Target server, CancellationToken cancellationToken)
    {
        var first = _edition + 1;
        _edition += perBody;
        var number = (int)(first / perBody % _bodies.Length);
        _bodies[number].TouchEach(first);
        var body = (byte[])_bodies[number].Body.Clone();
        var sent = Stopwatch.GetTimestamp();
        await server.PostAsync(body, new byte[4_096], cancellationToken);
        return new PacedSave(first, number * perBody, perBody, sent, Stopwatch.GetTimestamp());
    }
}

/// <summary>A save.</summary>
/// <param name="Edition">The edition of its first asset; the others' follow.</param>
/// <param name="Column">The number of its first asset; the others' follow.</param>
/// <param name="Count">How many assets it holds.</param>
/// <param name="Sent">When it was sent, in ticks of <see cref="Stopwatch"/>.</param>
/// <param name="Answered">When it was answered.</param>
internal sealed record PacedSave(long Edition, int Column, int Count, long Sent, long Answered);
