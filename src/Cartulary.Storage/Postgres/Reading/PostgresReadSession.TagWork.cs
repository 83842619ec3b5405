using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;

namespace Cartulary.Storage.Postgres.Reading;

/// <summary>Tags that are still to be passed on.</summary>
internal sealed partial class PostgresReadSession
{
    private const string PendingTags =
        """
        SELECT x.place FROM unnest($1, $2) WITH ORDINALITY AS x (tag, source, place)
        WHERE EXISTS (SELECT FROM tag_work w WHERE w.tag = x.tag AND w.source = x.source)
        """;

    private const string WorkColumns = "SELECT commit_n, idx, tag, source, asset, kind, actor FROM tag_work WHERE (commit_n, idx) > ($1, $2)";

    private const string WorkInOrder = WorkColumns + " ORDER BY commit_n, idx LIMIT $3";

    private const string WorkOfTag = WorkColumns + " AND tag = $4 AND source = $5 ORDER BY commit_n, idx LIMIT $3";

    private const string WorkByTag = "SELECT tag, source, count(*) FROM tag_work GROUP BY tag, source ORDER BY min(commit_n) LIMIT $1";

    public async ValueTask<IReadOnlySet<TagKey>> PendingTagsAsync(IReadOnlyCollection<TagKey> keys, CancellationToken cancellationToken)
    {
        var asked = keys as IReadOnlyList<TagKey> ?? [.. keys];
        var pending = new HashSet<TagKey>();
        await ReadAsync(
            PendingTags,
            row => pending.Add(asked[(int)row.GetInt64(0) - 1]),
            cancellationToken,
            Sql.Of(asked.Select(key => key.TypeId).ToList()),
            Sql.Of(asked.Select(key => key.Source).ToList()));
        return pending;
    }

    public async ValueTask<ImmutableArray<TagWork>> TagWorkAsync(TagKey? of, TagWorkId after, int limit, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<TagWork>();
        await ReadAsync(
            of is null ? WorkInOrder : WorkOfTag,
            row => found.Add(new TagWork(
                new TagWorkId(new CommitNumber(row.GetInt64(0)), row.GetInt32(1)),
                new TagKey(row.GetInt32(2), row.GetGuid(3)),
                row.GetGuid(4),
                (TagWorkKind)row.GetInt32(5),
                row.GetString(6))),
            cancellationToken,
            [
                Sql.Of(after.Commit.Value), Sql.Of(after.Index), Sql.Of(limit),
                .. of is { } key ? (ReadOnlySpan<Npgsql.NpgsqlParameter>)[Sql.Of(key.TypeId), Sql.Of(key.Source)] : [],
            ]);
        return found.ToImmutable();
    }

    public async ValueTask<ImmutableArray<(TagKey Key, long Places)>> CountTagWorkAsync(int limit, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<(TagKey, long)>();
        await ReadAsync(WorkByTag, row => found.Add((new TagKey(row.GetInt32(0), row.GetGuid(1)), row.GetInt64(2))), cancellationToken, Sql.Of(limit));
        return found.ToImmutable();
    }
}
