using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>Writes the rows of answered requests. Each new one takes a few with it that are too old, so that they never pile up.</summary>
internal sealed class RequestRows(Database database)
{
    private const string Upsert =
        """
        INSERT INTO idempotency (actor, key, body, commit_n, time, guids) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (actor, key) DO UPDATE SET
            body = excluded.body, commit_n = excluded.commit_n, time = excluded.time, guids = excluded.guids
        """;

    private const string DeleteOld =
        """
        DELETE FROM idempotency
        WHERE (actor, key) IN (SELECT actor, key FROM idempotency WHERE time < ?1 ORDER BY time LIMIT 8)
        """;

    private readonly Statement _upsert = database.Prepared(Upsert);
    private readonly Statement _deleteOld = database.Prepared(DeleteOld);

    /// <summary>Stores the request that a commit answers.</summary>
    public void Write(PlannedRequest request, string actor, CommitReceipt receipt)
    {
        _deleteOld.Bind(1, request.Key.NotBefore).Execute();
        _upsert
            .Bind(1, actor)
            .Bind(2, request.Key.Key)
            .Bind(3, RequestHash.ToBytes(request.Key.Hash))
            .Bind(4, receipt.Commit.Value)
            .Bind(5, receipt.Time)
            .Bind(6, request.Answer)
            .Execute();
    }
}
