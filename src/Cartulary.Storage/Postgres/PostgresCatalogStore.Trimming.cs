using Cartulary.Core.Ports;
using Cartulary.Storage.Trimming;

namespace Cartulary.Storage.Postgres;

/// <summary>
/// Trimming the log: read beside the writer, removed in its turns. Servers that trim at the same time do the same, and the
/// one that comes second with a step does nothing.
/// </summary>
public sealed partial class PostgresCatalogStore
{
    private readonly SweepPlanner _sweeps = new();

    /// <inheritdoc/>
    public async ValueTask<bool> TrimAsync(CommitNumber upTo, int rowsMax, CancellationToken cancellationToken)
    {
        if (upTo.Value > Head.Commit.Value)
        {
            throw new ArgumentOutOfRangeException(nameof(upTo), upTo, "There is no such commit.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(rowsMax, 1);
        if (upTo.Value > Head.Trimmed.Value)
        {
            await _writer.ChangeAsync(turn => turn.TryTrimAsync(upTo.Value), cancellationToken);
        }

        await using var session = await _snapshots.OpenAsync(cancellationToken);
        var (from, hasEdges) = await session.ReadSweepPlaceAsync(cancellationToken);
        if (from.Commit >= session.Head.Trimmed.Value && !hasEdges)
        {
            return false;
        }

        var commits = await session.ReadTrimmedAsync(from, SweepPlanner.EventsMax(rowsMax), rowsMax, _sweeps.Known, cancellationToken);
        var sweep = _sweeps.Next(from, commits, rowsMax);
        await _writer.ChangeAsync(turn => turn.ApplyAsync(sweep), cancellationToken);
        return true;
    }
}
