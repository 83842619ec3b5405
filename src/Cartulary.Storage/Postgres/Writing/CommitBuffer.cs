using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// Commits of a group until their rows go over together. A commit's log is encoded only then, because it names partners,
/// and names that are not known are read for all commits at once.
/// </summary>
internal sealed class CommitBuffer
{
    private const string InsertCommits =
        """
        INSERT INTO commit_log
            (n, first_seq, count, save_id, time, registry_version, actor, channel, delete_handler, headers, writes, shortens, log, touches)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
        """;

    private readonly List<BufferedCommit> _commits = [];

    /// <summary>The commits, in order.</summary>
    public IReadOnlyList<BufferedCommit> Commits => _commits;

    public void Add(BufferedCommit commit) => _commits.Add(commit);

    /// <summary>Begins anew.</summary>
    public void Clear() => _commits.Clear();

    /// <summary>Adds the statement for all commits to a batch and begins anew.</summary>
    public void MoveTo(NpgsqlBatch batch, PartnerNames names)
    {
        if (_commits.Count == 0)
        {
            return;
        }

        batch.BatchCommands.Add(Sql.Command(
            InsertCommits,
            Sql.Of(_commits.ConvertAll(commit => commit.Counters.Commit)),
            Sql.Of(_commits.ConvertAll(commit => commit.FirstSequence)),
            Sql.Of(_commits.ConvertAll(commit => commit.Count)),
            Sql.Of(_commits.ConvertAll(commit => commit.Context.SaveId)),
            Sql.Of(_commits.ConvertAll(commit => commit.Counters.Time)),
            Sql.Of(_commits.ConvertAll(commit => commit.Counters.RegistryVersion)),
            Sql.Of(_commits.ConvertAll(commit => commit.Context.Actor)),
            Sql.Of(_commits.ConvertAll(commit => commit.Context.Channel)),
            Sql.OfTexts(_commits.ConvertAll(commit => commit.Context.DeleteHandler)),
            Sql.Of(_commits.ConvertAll(commit => Headers(commit.Context))),
            Sql.Of(_commits.ConvertAll(commit => Marks(commit.Plan?.Writes ?? []))),
            Sql.Of(_commits.ConvertAll(commit => commit.Shortens)),
            Sql.Of(_commits.ConvertAll(commit => Encode(commit, names))),
            Sql.OfBlobs(_commits.ConvertAll(commit => commit.Plan is { } plan ? Marks(plan.Touches) : null))));
        _commits.Clear();
    }

    private static string Headers(CommitContext context) =>
        context.Headers.IsEmpty ? "{}" : Encoding.UTF8.GetString(StoredJson.Write(context.Headers));

    private static byte[] Marks(ImmutableArray<ulong> marks) => MemoryMarshal.AsBytes(marks.AsSpan()).ToArray();

    private static byte[] Encode(BufferedCommit commit, PartnerNames names)
    {
        if (commit.Plan is not { } plan)
        {
            return [];
        }

        var lists = new List<ImmutableArray<EndList>>(commit.Lists.Length);
        foreach (var told in commit.Lists)
        {
            lists.Add([.. told.Select(list => new EndList(list.Request.RelationshipId, list.Request.Side, Members(list, names)))]);
        }

        return CommitLog.Encode(plan, commit.Counters.Time, commit.Numbers, lists);
    }

    private static ImmutableArray<LoggedAsset> Members(BufferedList list, PartnerNames names) =>
        [.. list.Partners.Select(partner => new LoggedAsset(partner.Row.Guid, partner.Row.TypeId, names.Of(partner.Revision)))];
}
