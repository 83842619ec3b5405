using Cartulary.Core.Events;
using Cartulary.Storage.Trimming;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>What trimming has left to remove.</summary>
internal sealed partial class SqliteReadSession
{
    private const string SweepPlaceRow =
        """
        SELECT swept_commit, swept_idx, commit_n, EXISTS (SELECT 1 FROM edge WHERE closed <= retention.commit_n) FROM retention
        """;

    private const string Trimmed =
        """
        SELECT n, first_seq, count, time, save_id, actor, channel, delete_handler, headers, log
        FROM commit_log WHERE n > ?1 AND n <= ?2 ORDER BY n
        """;

    /// <summary>How far trimmed events have been swept, how far they go, and whether edges are left that had ended by then.</summary>
    public (SweepPlace From, long Until, bool HasEdges) ReadSweepPlace(CancellationToken cancellationToken)
    {
        var row = Use(SweepPlaceRow, cancellationToken);
        row.Step();
        var place = (new SweepPlace(row.Long(0), row.Int(1)), row.Long(2), row.Long(3) != 0);
        row.Reset();
        return place;
    }

    /// <summary>Trimmed commits that still have their events; to be read to the end or disposed of before anything else is.</summary>
    public IEnumerable<LoggedCommit> ReadTrimmed(long after, long until, CancellationToken cancellationToken)
    {
        var rows = Use(Trimmed, cancellationToken).Bind(1, after).Bind(2, until);
        try
        {
            while (rows.Step())
            {
                yield return ReadCommit(rows);
            }
        }
        finally
        {
            rows.Reset();
        }
    }
}
