using Cartulary.Core.Assets;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Trimming;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>
/// Trims the log in the writer's transaction: first the events become invisible, which is one row; then what they leave
/// behind is removed, little by little. A commit's row stays, without its events: assets name it for who and when.
/// </summary>
internal sealed class LogTrimmer(Database database)
{
    private const string Move =
        """
        UPDATE retention
        SET commit_n = ?1, oldest = (SELECT first_seq + count FROM commit_log WHERE n = ?1), last_edge = ?2, last_asset = ?3, last_revision = ?4
        RETURNING oldest
        """;

    private const string Advance =
        "UPDATE retention SET swept_commit = ?3, swept_idx = ?4 WHERE swept_commit = ?1 AND swept_idx = ?2";

    private const string OlderTouches = "DELETE FROM touch WHERE asset = ?1 AND version < ?2";

    private const string KeptTouch = "UPDATE touch SET rev = ?3, status = ?4 WHERE asset = ?1 AND version = ?2 AND rev IS NULL";

    private const string Previous = "SELECT prev FROM revision WHERE id = ?1";

    private const string ForgetPrevious = "UPDATE revision SET prev = NULL WHERE id = ?1";

    private const string DeleteRevision = "DELETE FROM revision WHERE id = ?1 RETURNING prev";

    private const string DeleteTouches = "DELETE FROM touch WHERE asset = ?1";

    private const string DeleteAsset = "DELETE FROM asset WHERE id = ?1";

    private const string EmptyCommits = "UPDATE commit_log SET log = x'', headers = '{}' WHERE n > ?1 AND n <= ?2";

    private const string EndedEdges = "SELECT id FROM edge WHERE closed <= (SELECT commit_n FROM retention)";

    private const string DeleteEdge = "DELETE FROM edge WHERE id = ?1";

    /// <summary>Makes the events up to and with a commit invisible; gives the first sequence that is kept.</summary>
    public long Trim(long commit, Counters given)
    {
        var move = database.Prepared(Move).Bind(1, commit).Bind(2, given.Edge).Bind(3, given.Asset).Bind(4, given.Revision);
        move.Step();
        var oldest = move.Long(0);
        move.Reset();
        return oldest;
    }

    /// <summary>Removes what some trimmed events leave; false when another sweep has come in between.</summary>
    public bool Apply(Sweep sweep)
    {
        database.Prepared(Advance)
            .Bind(1, sweep.From.Commit).Bind(2, sweep.From.Index).Bind(3, sweep.To.Commit).Bind(4, sweep.To.Index)
            .Execute();
        if (database.Changes == 0)
        {
            return false;
        }

        foreach (var version in sweep.Versions)
        {
            database.Prepared(OlderTouches).Bind(1, version.Asset).Bind(2, version.Version).Execute();
            database.Prepared(KeptTouch)
                .Bind(1, version.Asset).Bind(2, version.Version).Bind(3, version.Revision).Bind(4, version.Status)
                .Execute();
            DeleteRevisionsBefore(version.Revision);
            if (version.Status == (int)AssetStatus.Purged)
            {
                database.Prepared(DeleteTouches).Bind(1, version.Asset).Execute();
                database.Prepared(DeleteRevision).Bind(1, version.Revision).Execute();
                database.Prepared(DeleteAsset).Bind(1, version.Asset).Execute();
            }
        }

        database.Prepared(EmptyCommits).Bind(1, sweep.From.Commit).Bind(2, sweep.To.Commit).Execute();
        DeleteEdges(sweep.EdgesMax);
        return true;
    }

    /// <summary>Removes edges that had ended by the end of the last trimmed commit.</summary>
    private void DeleteEdges(int most)
    {
        var ended = new List<long>();
        var query = database.Prepared(EndedEdges);
        while (ended.Count < most && query.Step())
        {
            ended.Add(query.Long(0));
        }

        query.Reset();
        var delete = database.Prepared(DeleteEdge);
        foreach (var edge in ended)
        {
            delete.Bind(1, edge).Execute();
        }
    }

    private void DeleteRevisionsBefore(long revision)
    {
        var query = database.Prepared(Previous).Bind(1, revision);
        var previous = query.Step() && !query.IsNull(0) ? query.Long(0) : (long?)null;
        query.Reset();
        if (previous is null)
        {
            return;
        }

        database.Prepared(ForgetPrevious).Bind(1, revision).Execute();
        while (previous is { } older)
        {
            var delete = database.Prepared(DeleteRevision).Bind(1, older);
            previous = delete.Step() && !delete.IsNull(0) ? delete.Long(0) : null;
            delete.Reset();
        }
    }
}
