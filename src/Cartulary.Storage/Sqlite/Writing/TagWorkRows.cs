using Cartulary.Core.Ports;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>Writes and removes the rows of tags that are still to be passed on.</summary>
internal sealed class TagWorkRows(Database database)
{
    private const string Insert =
        "INSERT INTO tag_work (commit_n, idx, tag, source, asset, kind, actor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    private const string Delete = "DELETE FROM tag_work WHERE commit_n = ?1 AND idx = ?2";

    private readonly Statement _insert = database.Prepared(Insert);
    private readonly Statement _delete = database.Prepared(Delete);

    /// <summary>Does what a plan says, as a commit.</summary>
    public void Write(CommitPlan plan, long commit)
    {
        foreach (var done in plan.DoneTagWork)
        {
            _delete.Bind(1, done.Commit.Value).Bind(2, done.Index).Execute();
        }

        for (var i = 0; i < plan.TagWork.Length; i++)
        {
            var work = plan.TagWork[i];
            _insert
                .Bind(1, commit)
                .Bind(2, i)
                .Bind(3, work.Key.TypeId)
                .Bind(4, work.Key.Source)
                .Bind(5, work.Asset)
                .Bind(6, (int)work.Kind)
                .Bind(7, plan.Context.Actor)
                .Execute();
        }
    }
}
