using System.Collections.Immutable;
using System.Text;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>The log and the states its records point at.</summary>
internal sealed partial class PostgresReadSession
{
    // A commit without events has the first sequence of the next one, so the last commit that begins at or before the
    // wanted event, or one beside it in the index, is the one that holds it. Every other one brings at least one event, so
    // as many commits as events are wanted are enough; those that are not needed are left before their bytes are read.
    private const string LogAfter =
        """
        SELECT c.n, c.first_seq, c.count, c.time, c.save_id, c.actor, c.channel, c.delete_handler, c.headers, c.log
        FROM (
            SELECT n, sum(least(count, first_seq + count - 1 - $1)) OVER (ORDER BY first_seq, n) - least(count, first_seq + count - 1 - $1) AS before
            FROM (
                SELECT n, first_seq, count
                FROM commit_log
                WHERE first_seq >= coalesce((SELECT max(first_seq) FROM commit_log WHERE first_seq <= $1 + 1), 0)
                  AND first_seq + count > $1 + 1
                  AND count > 0
                ORDER BY first_seq, n
                LIMIT $2
            ) AS narrow
        ) AS counted
        JOIN commit_log c ON c.n = counted.n
        WHERE counted.before < $2
        ORDER BY c.n
        """;

    private const string Revision = "SELECT id, state FROM revision WHERE id = ANY ($1)";

    public async ValueTask<ImmutableArray<LoggedCommit>> ReadLogAsync(long afterSequence, int limit, CancellationToken cancellationToken)
    {
        var commits = ImmutableArray.CreateBuilder<LoggedCommit>();
        await ReadAsync(
            LogAfter, row => commits.Add(ReadCommit(row)), cancellationToken, Sql.Of(Math.Max(afterSequence, 0)), Sql.Of((long)limit));
        return commits.DrainToImmutable();
    }

    public async ValueTask<IReadOnlyDictionary<long, AssetState>> StatesAsync(IReadOnlyCollection<long> revisions, CancellationToken cancellationToken)
    {
        var states = new Dictionary<long, AssetState>(revisions.Count);
        await ReadAsync(
            Revision, row => states[row.GetInt64(0)] = AssetState.Decode(row.GetFieldValue<byte[]>(1)), cancellationToken, Sql.Of([.. revisions]));
        return states;
    }

    private static LoggedCommit ReadCommit(NpgsqlDataReader row)
    {
        var context = new CommitContext(
            row.GetGuid(4),
            row.GetString(5),
            row.GetString(6),
            row.IsDBNull(7) ? null : row.GetString(7),
            StoredJson.ReadHeaders(Encoding.UTF8.GetBytes(row.GetString(8))));
        return new LoggedCommit(
            new CommitNumber(row.GetInt64(0)), row.GetInt64(1), row.GetInt32(2), row.GetInt64(3), context, row.GetFieldValue<byte[]>(9));
    }
}
