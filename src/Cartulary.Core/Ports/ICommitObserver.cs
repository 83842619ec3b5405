using System.Collections.Immutable;

namespace Cartulary.Core.Ports;

/// <summary>Is told what commits wrote; called by one thread at a time, in the order of commits, and may neither fail nor wait.</summary>
public interface ICommitObserver
{
    /// <summary>A commit is durable.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="touches">Its <see cref="CommitPlan.Touches"/>.</param>
    void Saved(CommitNumber commit, ImmutableArray<ulong> touches);

    /// <summary>A commit is durable that may have changed what any request means, such as one of types.</summary>
    void Redefined(CommitNumber commit);
}
