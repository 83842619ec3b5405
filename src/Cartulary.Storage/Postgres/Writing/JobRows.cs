using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>Writes and reads the rows of jobs.</summary>
internal static class JobRows
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "SELECT id, connection, purges, actor, started, total, state, done, ended, problem FROM job";

    /// <summary>Notes how far a running job is.</summary>
    public const string Progress = "UPDATE job SET done = $2 WHERE id = $1 AND state = 1";

    /// <summary>Finds the jobs that run.</summary>
    public const string Running = "SELECT id, connection FROM job WHERE state = 1 ORDER BY started, id";

    private const string UpsertJob =
        """
        INSERT INTO job (id, connection, purges, actor, started, total, state, done, ended, problem) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, done = excluded.done, ended = excluded.ended, problem = excluded.problem
        """;

    public static NpgsqlBatchCommand Upsert(DeletionJob job) => Sql.Command(
        UpsertJob,
        Sql.Of(job.Id),
        Sql.Of(job.Connection),
        Sql.Of(job.Purges),
        Sql.Of(job.Actor),
        Sql.Of(job.Started),
        Sql.Of(job.Total),
        Sql.Of((int)job.State),
        Sql.Of(job.Done),
        Sql.Of(job.Ended),
        Sql.OfOptionalText(job.Problem));

    public static DeletionJob Read(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetString(1), row.GetBoolean(2), row.GetString(3), row.GetInt64(4), row.GetInt64(5))
        {
            State = (JobState)row.GetInt32(6),
            Done = row.GetInt64(7),
            Ended = row.IsDBNull(8) ? null : row.GetInt64(8),
            Problem = row.IsDBNull(9) ? null : row.GetString(9),
        };
}
