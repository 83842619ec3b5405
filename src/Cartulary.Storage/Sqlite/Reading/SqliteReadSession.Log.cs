using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>The log and the states its records point at.</summary>
internal sealed partial class SqliteReadSession
{
    // A commit without events has the first sequence of the next one, so the last commit that begins at or before the
    // wanted event, or one beside it in the index, is the one that holds it.
    private const string LogAfter =
        """
        SELECT n, first_seq, count, time, save_id, actor, channel, delete_handler, headers, log
        FROM commit_log
        WHERE first_seq >= coalesce((SELECT max(first_seq) FROM commit_log WHERE first_seq <= ?1 + 1), 0)
          AND first_seq + count > ?1 + 1
          AND count > 0
        ORDER BY first_seq, n
        """;

    private const string Revision = "SELECT state FROM revision WHERE id = ?1";

    public ValueTask<ImmutableArray<LoggedCommit>> ReadLogAsync(long afterSequence, int limit, CancellationToken cancellationToken)
    {
        var log = Use(LogAfter, cancellationToken).Bind(1, afterSequence);
        var commits = ImmutableArray.CreateBuilder<LoggedCommit>();
        long events = 0;
        while (events < limit && log.Step())
        {
            var commit = ReadCommit(log);
            commits.Add(commit);
            events += commit.FirstSequence + commit.Count - 1 - Math.Max(afterSequence, commit.FirstSequence - 1);
        }

        log.Reset();
        return new(commits.DrainToImmutable());
    }

    public ValueTask<IReadOnlyDictionary<long, AssetState>> StatesAsync(IReadOnlyCollection<long> revisions, CancellationToken cancellationToken)
    {
        var revision = Use(Revision, cancellationToken);
        var states = new Dictionary<long, AssetState>(revisions.Count);
        foreach (var number in revisions)
        {
            if (revision.Bind(1, number).Step())
            {
                states[number] = AssetState.Decode(revision.Blob(0).ToArray());
                revision.Reset();
            }
        }

        return new(states);
    }

    public static LoggedCommit ReadCommit(Statement row)
    {
        var context = new CommitContext(
            row.Guid(4),
            row.Text(5),
            row.Text(6),
            row.IsNull(7) ? null : row.Text(7),
            StoredJson.ReadHeaders(row.Blob(8)));
        return new LoggedCommit(
            new CommitNumber(row.Long(0)), row.Long(1), row.Int(2), row.Long(3), context, row.Blob(9).ToArray());
    }
}
