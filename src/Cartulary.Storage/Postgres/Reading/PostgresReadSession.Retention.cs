using Cartulary.Core.Events;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Trimming;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>What trimming has left to remove.</summary>
internal sealed partial class PostgresReadSession
{
    private const string SweepPlaceRow = "SELECT commit_n, idx, EXISTS (SELECT 1 FROM edge WHERE closed <= $1) FROM sweep";

    // Of commits whose events are wanted only as far as they fit into a step, the log of one that is known already left out.
    private const string Trimmed =
        """
        SELECT c.n, c.first_seq, c.count, c.time, c.save_id, c.actor, c.channel, c.delete_handler, c.headers,
            CASE WHEN c.n = $5 THEN ''::bytea ELSE c.log END
        FROM (
            SELECT n, sum(count) OVER (ORDER BY n) - count AS before
            FROM (SELECT n, count FROM commit_log WHERE n > $1 AND n <= $2 ORDER BY n LIMIT $3) AS narrow
        ) AS counted
        JOIN commit_log c ON c.n = counted.n
        WHERE counted.before < $4
        ORDER BY c.n
        """;

    /// <summary>How far trimmed events have been swept, and whether edges are left that had ended by the last trimmed commit.</summary>
    public async ValueTask<(SweepPlace From, bool HasEdges)> ReadSweepPlaceAsync(CancellationToken cancellationToken)
    {
        (SweepPlace, bool) place = default;
        await ReadAsync(
            SweepPlaceRow,
            row => place = (new SweepPlace(row.GetInt64(0), row.GetInt32(1)), row.GetBoolean(2)),
            cancellationToken,
            Sql.Of(Head.Trimmed.Value));
        return place;
    }

    /// <summary>Trimmed commits that still have their events, as many as hold the events of one step.</summary>
    /// <param name="from">Where the step begins.</param>
    /// <param name="eventsMax">How many events it takes.</param>
    /// <param name="commitsMax">How many commits it takes.</param>
    /// <param name="known">A commit whose log is not wanted.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async ValueTask<IReadOnlyList<LoggedCommit>> ReadTrimmedAsync(
        SweepPlace from, int eventsMax, int commitsMax, long known, CancellationToken cancellationToken)
    {
        var commits = new List<LoggedCommit>();
        await ReadAsync(
            Trimmed,
            row => commits.Add(ReadCommit(row)),
            cancellationToken,
            Sql.Of(from.Commit),
            Sql.Of(Head.Trimmed.Value),
            Sql.Of((long)commitsMax),
            Sql.Of((long)eventsMax + from.Index),
            Sql.Of(known));
        return commits;
    }
}
