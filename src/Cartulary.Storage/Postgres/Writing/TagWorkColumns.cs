using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>Rows of tags that are still to be passed on, of a group until they go over together.</summary>
internal sealed class TagWorkColumns
{
    private const string Insert =
        "INSERT INTO tag_work (commit_n, idx, tag, source, asset, kind, actor) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)";

    private const string Delete =
        """
        DELETE FROM tag_work w USING unnest($1, $2) AS done (commit_n, idx) WHERE w.commit_n = done.commit_n AND w.idx = done.idx
        """;

    private List<long> _commits = [], _doneCommits = [];
    private List<int> _places = [], _tags = [], _kinds = [], _donePlaces = [];
    private List<Guid> _sources = [], _assets = [];
    private List<string> _actors = [];

    public void Add(CommitPlan plan, long commit)
    {
        foreach (var done in plan.DoneTagWork)
        {
            _doneCommits.Add(done.Commit.Value);
            _donePlaces.Add(done.Index);
        }

        for (var i = 0; i < plan.TagWork.Length; i++)
        {
            var work = plan.TagWork[i];
            _commits.Add(commit);
            _places.Add(i);
            _tags.Add(work.Key.TypeId);
            _sources.Add(work.Key.Source);
            _assets.Add(work.Asset);
            _kinds.Add((int)work.Kind);
            _actors.Add(plan.Context.Actor);
        }
    }

    /// <summary>Adds the statements to a batch, which keeps the columns, and begins anew. Rows can be removed by a later member of the group.</summary>
    public void MoveTo(NpgsqlBatch batch)
    {
        if (_commits.Count > 0)
        {
            batch.BatchCommands.Add(Sql.Command(
                Insert, Sql.Of(_commits), Sql.Of(_places), Sql.Of(_tags), Sql.Of(_sources), Sql.Of(_assets), Sql.Of(_kinds), Sql.Of(_actors)));
        }

        if (_doneCommits.Count > 0)
        {
            batch.BatchCommands.Add(Sql.Command(Delete, Sql.Of(_doneCommits), Sql.Of(_donePlaces)));
        }

        Clear();
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        (_commits, _doneCommits) = ([], []);
        (_places, _tags, _kinds, _donePlaces) = ([], [], [], []);
        (_sources, _assets, _actors) = ([], [], []);
    }
}
