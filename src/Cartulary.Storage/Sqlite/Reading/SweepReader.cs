using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Storage.Sqlite.Writing;

namespace Cartulary.Storage.Sqlite.Reading;

/// <summary>Works out what the next step of trimming removes. For one caller at a time.</summary>
internal sealed class SweepReader
{
    // An event leaves a version, a revision and a status behind.
    private const int RowsOfEvent = 3;

    // A large commit takes many steps, and is decoded once.
    private (long Commit, ImmutableArray<LogRecord> Records) _last;

    /// <summary>The next step, or null when nothing is left to remove.</summary>
    public Sweep? Next(SqliteReadSession session, int rowsMax, CancellationToken cancellationToken)
    {
        var (from, until, hasEdges) = session.ReadSweepPlace(cancellationToken);
        if (from.Commit >= until && !hasEdges)
        {
            return null;
        }

        var to = from;
        var versions = new List<SweptVersion>();
        var eventsMax = Math.Max(1, rowsMax / RowsOfEvent);
        foreach (var commit in session.ReadTrimmed(from.Commit, until, cancellationToken).Take(rowsMax))
        {
            var records = RecordsOf(commit);
            var index = commit.Commit.Value == from.Commit + 1 ? from.Index : 0;
            for (; index < records.Length && versions.Count < eventsMax; index++)
            {
                var numbers = records[index].Numbers;
                versions.Add(new SweptVersion(numbers.Asset.Value, numbers.Version, numbers.Revision, (int)records[index].Status));
            }

            if (index < records.Length)
            {
                to = new SweepPlace(commit.Commit.Value - 1, index);
                break;
            }

            to = new SweepPlace(commit.Commit.Value, 0);
        }

        return new Sweep(from, to, versions, rowsMax);
    }

    private ImmutableArray<LogRecord> RecordsOf(LoggedCommit commit)
    {
        if (_last.Commit != commit.Commit.Value)
        {
            _last = (commit.Commit.Value, CommitLog.Decode(commit));
        }

        return _last.Records;
    }
}
