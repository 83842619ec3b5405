using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>Rows of answered requests. Each new one takes a few with it that are too old, so that they never pile up.</summary>
internal sealed class RequestColumns
{
    private const int OldPerNew = 8;

    private const string DeleteOld =
        """
        DELETE FROM idempotency
        WHERE (actor, key) IN (SELECT actor, key FROM idempotency WHERE time < $1 ORDER BY time LIMIT $2)
        """;

    private const string Upsert =
        """
        INSERT INTO idempotency (actor, key, body, commit_n, time, guids) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        ON CONFLICT (actor, key) DO UPDATE SET
            body = excluded.body, commit_n = excluded.commit_n, time = excluded.time, guids = excluded.guids
        """;

    private List<string> _actors = [], _keys = [];
    private List<byte[]> _hashes = [], _answers = [];
    private List<long> _commits = [], _times = [];
    private long _notBefore = long.MaxValue;

    public void Add(PlannedRequest request, string actor, CommitReceipt receipt)
    {
        _actors.Add(actor);
        _keys.Add(request.Key.Key);
        _hashes.Add(RequestHash.ToBytes(request.Key.Hash));
        _answers.Add(request.Answer);
        _commits.Add(receipt.Commit.Value);
        _times.Add(receipt.Time);
        _notBefore = Math.Min(_notBefore, request.Key.NotBefore);
    }

    /// <summary>Adds the statements to a batch, which keeps the columns, and begins anew.</summary>
    public void MoveTo(NpgsqlBatch batch)
    {
        if (_keys.Count == 0)
        {
            return;
        }

        batch.BatchCommands.Add(Sql.Command(DeleteOld, Sql.Of(_notBefore), Sql.Of((long)_keys.Count * OldPerNew)));
        batch.BatchCommands.Add(Sql.Command(
            Upsert, Sql.Of(_actors), Sql.Of(_keys), Sql.Of(_hashes), Sql.Of(_commits), Sql.Of(_times), Sql.Of(_answers)));
        Clear();
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        (_actors, _keys, _hashes, _answers, _commits, _times) = ([], [], [], [], [], []);
        _notBefore = long.MaxValue;
    }
}
