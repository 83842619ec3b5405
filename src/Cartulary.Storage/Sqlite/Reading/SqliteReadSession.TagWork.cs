using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Tags that are still to be passed on.</summary>
internal sealed partial class SqliteReadSession
{
    private const string IsTagPending = "SELECT 1 FROM tag_work WHERE tag = ?1 AND source = ?2 LIMIT 1";

    private const string WorkColumns = "SELECT commit_n, idx, tag, source, asset, kind, actor FROM tag_work WHERE (commit_n, idx) > (?1, ?2)";

    private const string WorkInOrder = WorkColumns + " ORDER BY commit_n, idx LIMIT ?3";

    private const string WorkOfTag = WorkColumns + " AND tag = ?4 AND source = ?5 ORDER BY commit_n, idx LIMIT ?3";

    private const string WorkByTag = "SELECT tag, source, count(*) FROM tag_work GROUP BY tag, source ORDER BY min(commit_n) LIMIT ?1";

    public ValueTask<IReadOnlySet<TagKey>> PendingTagsAsync(IReadOnlyCollection<TagKey> keys, CancellationToken cancellationToken)
    {
        var pending = new HashSet<TagKey>();
        var query = Use(IsTagPending, cancellationToken);
        foreach (var key in keys)
        {
            if (query.Bind(1, key.TypeId).Bind(2, key.Source).Step())
            {
                pending.Add(key);
                query.Reset();
            }
        }

        return new(pending);
    }

    public ValueTask<ImmutableArray<TagWork>> TagWorkAsync(TagKey? of, TagWorkId after, int limit, CancellationToken cancellationToken)
    {
        var query = Use(of is null ? WorkInOrder : WorkOfTag, cancellationToken).Bind(1, after.Commit.Value).Bind(2, after.Index).Bind(3, limit);
        if (of is { } key)
        {
            query.Bind(4, key.TypeId).Bind(5, key.Source);
        }

        var found = ImmutableArray.CreateBuilder<TagWork>();
        while (query.Step())
        {
            found.Add(new TagWork(
                new TagWorkId(new CommitNumber(query.Long(0)), query.Int(1)),
                new TagKey(query.Int(2), query.Guid(3)),
                query.Guid(4),
                (TagWorkKind)query.Int(5),
                query.Text(6)));
        }

        query.Reset();
        return new(found.ToImmutable());
    }

    public ValueTask<ImmutableArray<(TagKey Key, long Places)>> CountTagWorkAsync(int limit, CancellationToken cancellationToken)
    {
        var query = Use(WorkByTag, cancellationToken).Bind(1, limit);
        var found = ImmutableArray.CreateBuilder<(TagKey, long)>();
        while (query.Step())
        {
            found.Add((new TagKey(query.Int(0), query.Guid(1)), query.Long(2)));
        }

        query.Reset();
        return new(found.ToImmutable());
    }
}
