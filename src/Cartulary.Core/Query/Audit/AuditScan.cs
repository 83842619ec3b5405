using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Query.Audit;

/// <summary>Goes through a part of the log, a commit at a time, and never beyond a limit.</summary>
/// <param name="session">The session.</param>
/// <param name="span">The part.</param>
/// <param name="most">Most events it looks at.</param>
internal sealed class AuditScan(IReadSession session, AuditSpan span, int most)
{
    private const int ChunkEvents = 500;

    /// <summary>Whether it stopped at its limit, with more to look at.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The commits with their events, the oldest or the newest first.</summary>
    public IAsyncEnumerable<(LoggedCommit Commit, ImmutableArray<LogRecord> Records)> ReadAsync(bool oldestFirst, CancellationToken cancellationToken) =>
        oldestFirst ? ForwardAsync(cancellationToken) : BackwardAsync(cancellationToken);

    private async IAsyncEnumerable<(LoggedCommit Commit, ImmutableArray<LogRecord> Records)> ForwardAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (next, looked) = (span.First, 0L);
        while (next <= span.Last)
        {
            foreach (var commit in await session.ReadLogAsync(next - 1, (int)Math.Min(ChunkEvents, span.Last - next + 1), cancellationToken))
            {
                if (looked >= most)
                {
                    IsCut = true;
                    yield break;
                }

                yield return (commit, CommitLog.Decode(commit));
                looked += commit.Count;
                next = commit.FirstSequence + commit.Count;
            }
        }
    }

    private async IAsyncEnumerable<(LoggedCommit Commit, ImmutableArray<LogRecord> Records)> BackwardAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (last, looked) = (span.Last, 0L);
        while (last >= span.First)
        {
            var from = Math.Max(span.First, last - ChunkEvents + 1);
            var commits = await session.ReadLogAsync(from - 1, (int)(last - from + 1), cancellationToken);
            foreach (var commit in commits.Reverse())
            {
                if (looked >= most)
                {
                    IsCut = true;
                    yield break;
                }

                yield return (commit, CommitLog.Decode(commit));
                looked += commit.Count;
            }

            last = commits[0].FirstSequence - 1;
        }
    }
}
