using Cartulary.Core.Ports;

namespace Cartulary.Core.Query.Audit;

/// <summary>A part of the log that lies between two times; empty when its last event comes before its first.</summary>
/// <param name="FirstCommit">Its first commit.</param>
/// <param name="LastCommit">Its last commit.</param>
/// <param name="First">The sequence of its first event.</param>
/// <param name="Last">The sequence of its last event.</param>
internal readonly record struct AuditSpan(CommitNumber FirstCommit, CommitNumber LastCommit, long First, long Last)
{
    /// <summary>The part between two times in epoch milliseconds, both included, as far as it is kept.</summary>
    public static async ValueTask<AuditSpan> FindAsync(IReadSession session, long from, long to, CancellationToken cancellationToken)
    {
        var head = session.Head;
        var (before, first) = await EndOfAsync(session, from == long.MinValue ? null : from, default, cancellationToken);
        var (last, lastEvent) = await EndOfAsync(session, to == long.MaxValue ? null : to + 1, head, cancellationToken);
        return new AuditSpan(
            new CommitNumber(Math.Max(before.Value, head.Trimmed.Value) + 1), last, Math.Max(first + 1, head.Oldest), lastEvent);
    }

    /// <summary>The last commit before a time, with the sequence of the last event up to it; the given place when there is no time.</summary>
    private static async ValueTask<(CommitNumber Commit, long Sequence)> EndOfAsync(
        IReadSession session, long? time, CatalogHead? otherwise, CancellationToken cancellationToken)
    {
        if (time is not { } moment)
        {
            return otherwise is null ? default : (otherwise.Commit, otherwise.Sequence);
        }

        var commit = await session.CommitBeforeTimeAsync(moment, cancellationToken);
        var logged = (await session.CommitsAsync([commit], cancellationToken)).GetValueOrDefault(commit);
        return (commit, logged is null ? 0 : logged.FirstSequence + logged.Count - 1);
    }
}
