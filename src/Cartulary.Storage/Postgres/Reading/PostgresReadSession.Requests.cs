using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>Requests that were answered before.</summary>
internal sealed partial class PostgresReadSession
{
    private const string Request =
        """
        SELECT c.n, c.first_seq, c.count, c.time, c.save_id, c.actor, c.channel, c.delete_handler, c.headers, c.log, i.body, i.guids
        FROM idempotency i JOIN commit_log c ON c.n = i.commit_n
        WHERE i.actor = $1 AND i.key = $2 AND i.time >= $3 AND c.n > $4
        """;

    public async ValueTask<AnsweredRequest?> FindRequestAsync(string actor, string key, long notBefore, CancellationToken cancellationToken)
    {
        AnsweredRequest? found = null;
        await ReadAsync(Request, row => found = ReadRequest(row), cancellationToken, Sql.Of(actor), Sql.Of(key), Sql.Of(notBefore), Sql.Of(Head.Trimmed.Value));
        return found;
    }

    private static AnsweredRequest? ReadRequest(NpgsqlDataReader row)
    {
        var commit = ReadCommit(row);
        var isKept = commit.Count == 0 || !commit.Log.IsEmpty;
        return isKept ? new AnsweredRequest(RequestHash.Read(row.GetFieldValue<byte[]>(10)), row.GetFieldValue<byte[]>(11), commit) : null;
    }
}
