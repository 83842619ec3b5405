using Cartulary.Core.Ports;
using Cartulary.Storage.Sqlite.Reading;

namespace Cartulary.Storage.Sqlite;

/// <summary>Trimming the log: read beside the writer, removed in its turns.</summary>
public sealed partial class SqliteCatalogStore
{
    private readonly SweepReader _sweeps = new();

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
            await _writer.ChangeAsync(turn => turn.TryTrim(upTo.Value), cancellationToken);
        }

        await using var session = await _readers.OpenAsync(cancellationToken);
        if (_sweeps.Next(session, rowsMax, cancellationToken) is not { } sweep)
        {
            return false;
        }

        await _writer.ChangeAsync(turn => turn.Apply(sweep), cancellationToken);
        return true;
    }
}
