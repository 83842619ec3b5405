using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Storage.Commits;

/// <summary>
/// One writer's transaction, as the members of a group meet it one after another. Begun, then written to, then either
/// committed or undone; and begun again for the next group.
/// </summary>
internal interface IWriteTurn : IAsyncDisposable
{
    /// <summary>The head as the transaction's next member finds it.</summary>
    CatalogHead Head { get; }

    /// <summary>Opens the transaction; the saves among the members may be looked at to read ahead what they need.</summary>
    ValueTask BeginAsync(IReadOnlyList<PendingWork> members);

    /// <summary>Whether a plan is still right on top of all that is written.</summary>
    bool Holds(CommitPlan plan);

    /// <summary>Whether what a plan shows, and leaves alone, may have been written since the plan was made; asked before the plan is written.</summary>
    bool ShowsOldStates(CommitPlan plan);

    /// <summary>Plans a save on top of all that is written. It has begun, so it is not cancelled any more.</summary>
    ValueTask<PlanOutcome> PlanAgainAsync(Planner planner);

    /// <summary>Writes a plan that holds, as the next commit.</summary>
    ValueTask<CommitReceipt> WriteAsync(CommitPlan plan);

    /// <summary>Writes types, as the next commit.</summary>
    void Write(IReadOnlyList<StoredType> types, CommitContext context);

    /// <summary>Writes the catalog's settings, as the next commit.</summary>
    void Write(CatalogSettings settings, CommitContext context);

    /// <summary>Writes a job, as the next commit.</summary>
    void Write(DeletionJob job, CommitContext context);

    /// <summary>Makes all that was written durable. When it throws, nothing is.</summary>
    ValueTask<CommittedGroup> CommitAsync();

    /// <summary>Undoes all that was written; its numbers are given again.</summary>
    /// <returns>Why, with what went wrong while undoing.</returns>
    ValueTask<Exception> UndoAsync(Exception failure);

    /// <summary>Whether the same may go well a little later: the database was away or busy, and nothing is wrong with the save.</summary>
    bool IsTransient(Exception failure);
}
