using System.Diagnostics;
using Cartulary.Load.Driving;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Single saves at a fixed pace of 100 a second, each with an edition of its own by which its event is found.</summary>
/// <param name="edition">The edition before the first.</param>
internal sealed class PacedSaves(long edition = 80_000_000)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private readonly Bulk[] _columns = Warehouse.Columns(0, 1_000, perBody: 1);
    private long _edition = edition;

    /// <summary>Saves for a time, however long an answer takes.</summary>
    public async Task<List<PacedSave>> SaveAtPaceAsync(Target server, TimeSpan time, CancellationToken cancellationToken)
    {
        var saves = new List<Task<PacedSave>>();
        using var timer = new PeriodicTimer(Pace);
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
        var next = ++_edition;
        var column = _columns[next % _columns.Length];
        column.Touch(next);
        var body = (byte[])column.Body.Clone();
        var sent = Stopwatch.GetTimestamp();
        await server.PostAsync(body, new byte[4_096], cancellationToken);
        return new PacedSave(next, sent, Stopwatch.GetTimestamp());
    }
}

/// <summary>A save, with when it was sent and answered, in ticks of <see cref="Stopwatch"/>.</summary>
internal sealed record PacedSave(long Edition, long Sent, long Answered);
