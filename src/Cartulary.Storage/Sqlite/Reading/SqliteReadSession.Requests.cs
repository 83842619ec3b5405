using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Requests that were answered before.</summary>
internal sealed partial class SqliteReadSession
{
    private const string Request =
        """
        SELECT c.n, c.first_seq, c.count, c.time, c.save_id, c.actor, c.channel, c.delete_handler, c.headers, c.log, i.body, i.guids
        FROM idempotency i JOIN commit_log c ON c.n = i.commit_n
        WHERE i.actor = ?1 AND i.key = ?2 AND i.time >= ?3 AND c.n > (SELECT commit_n FROM retention)
        """;

    public ValueTask<AnsweredRequest?> FindRequestAsync(string actor, string key, long notBefore, CancellationToken cancellationToken)
    {
        var request = Use(Request, cancellationToken).Bind(1, actor).Bind(2, key).Bind(3, notBefore);
        if (!request.Step())
        {
            return new(result: null);
        }

        var commit = ReadCommit(request);
        var isKept = commit.Count == 0 || !commit.Log.IsEmpty;
        var found = isKept ? new AnsweredRequest(RequestHash.Read(request.Blob(10)), request.Blob(11).ToArray(), commit) : null;
        request.Reset();
        return new(found);
    }
}
