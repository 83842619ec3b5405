using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>Writes and reads the rows of jobs.</summary>
internal static class JobRows
{
    public const string Columns = "SELECT id, connection, purges, actor, started, total, state, done, ended, problem FROM job";

    private const string Upsert =
        """
        INSERT INTO job (id, connection, purges, actor, started, total, state, done, ended, problem) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (id) DO UPDATE SET state = excluded.state, done = excluded.done, ended = excluded.ended, problem = excluded.problem
        """;

    private const string Progress = "UPDATE job SET done = ?2 WHERE id = ?1 AND state = 1";

    private const string Running = "SELECT id, connection FROM job WHERE state = 1 ORDER BY started, id";

    public static void Write(Database database, DeletionJob job) => database.Prepared(Upsert)
        .Bind(1, job.Id)
        .Bind(2, job.Connection)
        .Bind(3, job.Purges ? 1 : 0)
        .Bind(4, job.Actor)
        .Bind(5, job.Started)
        .Bind(6, job.Total)
        .Bind(7, (int)job.State)
        .Bind(8, job.Done)
        .Bind(9, job.Ended)
        .Bind(10, job.Problem)
        .Execute();

    public static void Note(Database database, Guid job, long done) => database.Prepared(Progress).Bind(1, job).Bind(2, done).Execute();

    public static ImmutableArray<RunningDeletion> ReadRunning(Database database)
    {
        var rows = database.Prepared(Running);
        var running = ImmutableArray.CreateBuilder<RunningDeletion>();
        while (rows.Step())
        {
            running.Add(new RunningDeletion(rows.Guid(0), rows.Text(1)));
        }

        return running.DrainToImmutable();
    }

    public static DeletionJob Read(Statement row) => new(row.Guid(0), row.Text(1), row.Int(2) != 0, row.Text(3), row.Long(4), row.Long(5))
    {
        State = (JobState)row.Int(6),
        Done = row.Long(7),
        Ended = row.IsNull(8) ? null : row.Long(8),
        Problem = row.IsNull(9) ? null : row.Text(9),
    };
}
