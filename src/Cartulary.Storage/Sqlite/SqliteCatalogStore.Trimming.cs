using Cartulary.Core.Ports;
using Cartulary.Storage.Trimming;

namespace Cartulary.Storage.Sqlite;

/// <summary>Trimming the log: read beside the writer, removed in its turns.</summary>
public sealed partial class SqliteCatalogStore
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
            await _writer.ChangeAsync(turn => new(turn.TryTrim(upTo.Value)), cancellationToken);
        }

        await using var session = await _readers.OpenAsync(cancellationToken);
        var (from, until, hasEdges) = session.ReadSweepPlace(cancellationToken);
        if (from.Commit >= until && !hasEdges)
        {
            return false;
        }

        var sweep = _sweeps.Next(from, session.ReadTrimmed(from.Commit, until, cancellationToken), rowsMax);
        await _writer.ChangeAsync(turn => new(turn.Apply(sweep)), cancellationToken);
        return true;
    }
}
