using System.Collections.Immutable;
using Cartulary.Core.Events;

namespace Cartulary.Storage.Trimming;

/// <summary>Works out what the next step of trimming removes. For one caller at a time.</summary>
internal sealed class SweepPlanner
{
    // An event leaves a version, a revision and a status behind.
    private const int RowsOfEvent = 3;

    // A large commit takes many steps, and is decoded once.
    private (long Commit, ImmutableArray<LogRecord> Records) _last;

    /// <summary>A commit whose log is known already, and need not be read again.</summary>
    public long Known => _last.Commit;

    /// <summary>How many events a step takes.</summary>
    public static int EventsMax(int rowsMax) => Math.Max(1, rowsMax / RowsOfEvent);

    /// <summary>The step that begins at a place.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="commits">The trimmed commits after it, in order; read only as far as needed.</param>
    /// <param name="rowsMax">About how many rows it may remove.</param>
    public Sweep Next(SweepPlace from, IEnumerable<LoggedCommit> commits, int rowsMax)
    {
        var to = from;
        var versions = new List<SweptVersion>();
        var eventsMax = EventsMax(rowsMax);
        foreach (var commit in commits.Take(rowsMax))
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
