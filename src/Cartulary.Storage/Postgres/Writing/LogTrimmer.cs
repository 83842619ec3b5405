using Cartulary.Core.Assets;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Trimming;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// Statements that remove what trimmed events leave behind, little by little. A commit's row stays, without its events:
/// assets name it for who and when.
/// </summary>
internal static class LogTrimmer
{
    /// <summary>Finds the first sequence after a commit.</summary>
    public const string FirstAfter = "SELECT first_seq + count FROM commit_log WHERE n = $1";

    private const string AdvanceSweep = "UPDATE sweep SET commit_n = $3, idx = $4 WHERE commit_n = $1 AND idx = $2";

    private const string OlderTouches =
        "DELETE FROM touch t USING unnest($1, $2) AS x (asset, version) WHERE t.asset = x.asset AND t.version < x.version";

    private const string OlderRevisions =
        """
        WITH RECURSIVE older AS (
            SELECT prev AS id FROM revision WHERE id = ANY ($1) AND prev IS NOT NULL
            UNION
            SELECT r.prev FROM older o JOIN revision r ON r.id = o.id WHERE r.prev IS NOT NULL
        )
        DELETE FROM revision WHERE id IN (SELECT id FROM older)
        """;

    private const string ForgetPrevious = "UPDATE revision SET prev = NULL WHERE id = ANY ($1) AND prev IS NOT NULL";

    private const string PurgedTouches = "DELETE FROM touch WHERE asset = ANY ($1)";

    private const string PurgedRevisions = "DELETE FROM revision WHERE id = ANY ($1)";

    private const string PurgedAssets = "DELETE FROM asset WHERE id = ANY ($1)";

    // A server that has not seen the commits yet takes it that they may have changed anything.
    private const string EmptyCommits =
        "UPDATE commit_log SET log = '', headers = '{}', writes = NULL, touches = NULL WHERE n > $1 AND n <= $2";

    private const string EndedEdges = "DELETE FROM edge WHERE id IN (SELECT id FROM edge WHERE closed <= $1 ORDER BY closed LIMIT $2)";

    /// <summary>Moves the place that has been swept; changes no row when another sweep has come in between.</summary>
    public static NpgsqlBatchCommand Advance(Sweep sweep) => Sql.Command(
        AdvanceSweep, Sql.Of(sweep.From.Commit), Sql.Of(sweep.From.Index), Sql.Of(sweep.To.Commit), Sql.Of(sweep.To.Index));

    /// <summary>Removes what the events of a sweep leave, and edges that had ended by the end of the last trimmed commit.</summary>
    public static void AddTo(NpgsqlBatch batch, Sweep sweep, long trimmed)
    {
        var newest = new Dictionary<long, SweptVersion>();
        foreach (var version in sweep.Versions)
        {
            if (!newest.TryGetValue(version.Asset, out var known) || known.Version < version.Version)
            {
                newest[version.Asset] = version;
            }
        }

        if (newest.Count > 0)
        {
            var versions = newest.Values.ToList();
            batch.BatchCommands.Add(Sql.Command(
                OlderTouches, Sql.Of(versions.ConvertAll(version => version.Asset)), Sql.Of(versions.ConvertAll(version => version.Version))));
            batch.BatchCommands.Add(Sql.Command(OlderRevisions, Sql.Of(versions.ConvertAll(version => version.Revision))));
            batch.BatchCommands.Add(Sql.Command(ForgetPrevious, Sql.Of(versions.ConvertAll(version => version.Revision))));
            AddPurged(batch, versions.FindAll(version => version.Status == (int)AssetStatus.Purged));
        }

        batch.BatchCommands.Add(Sql.Command(EmptyCommits, Sql.Of(sweep.From.Commit), Sql.Of(sweep.To.Commit)));
        batch.BatchCommands.Add(Sql.Command(EndedEdges, Sql.Of(trimmed), Sql.Of((long)sweep.EdgesMax)));
    }

    private static void AddPurged(NpgsqlBatch batch, List<SweptVersion> purged)
    {
        if (purged.Count > 0)
        {
            var assets = purged.ConvertAll(version => version.Asset);
            batch.BatchCommands.Add(Sql.Command(PurgedTouches, Sql.Of(assets)));
            batch.BatchCommands.Add(Sql.Command(PurgedRevisions, Sql.Of(purged.ConvertAll(version => version.Revision))));
            batch.BatchCommands.Add(Sql.Command(PurgedAssets, Sql.Of(assets)));
        }
    }
}
