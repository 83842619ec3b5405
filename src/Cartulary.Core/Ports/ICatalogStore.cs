using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Core.Ports;

/// <summary>
/// Keeps a catalog: its assets, edges, types and log. A store gives each commit its numbers inside the commit's own
/// transaction, so that the log has no gaps and shows in commit order. What a store must do is written as tests in the
/// conformance suite.
/// </summary>
public interface ICatalogStore
{
    /// <summary>The place of the last durable commit, as this process knows it; never ahead of what is durable.</summary>
    CatalogHead Head { get; }

    /// <summary>The place of the last durable commit of all processes that share the catalog, as it is now.</summary>
    ValueTask<CatalogHead> SeeHeadAsync(CancellationToken cancellationToken);

    /// <summary>Tells of commits before they can be seen; null when the store cannot promise that, and then nobody may rely on it.</summary>
    ICommitWatch? Watch => null;

    /// <summary>Opens a snapshot of the newest durable state.</summary>
    ValueTask<IReadSession> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Commits a plan with all its events, or nothing. When something that the plan was based on has changed, the planner is
    /// asked again, against the state that the commit will stand on, so that progress is certain. Cancellation applies until
    /// the commit begins, never after. Returns when the commit is durable.
    /// </summary>
    ValueTask<CommitOutcome> CommitAsync(CommitPlan plan, Planner planner, CancellationToken cancellationToken);

    /// <summary>
    /// Writes type definitions, in the same order as all other commits and without events. Does nothing when
    /// <paramref name="expectedVersion"/> is no longer the registry's version, or when <paramref name="guard"/> says no.
    /// </summary>
    /// <returns>Whether the definitions were written.</returns>
    ValueTask<bool> CommitTypesAsync(
        ImmutableArray<StoredType> types, long expectedVersion, CommitContext context, TypeGuard? guard, CancellationToken cancellationToken);

    /// <summary>
    /// Writes the catalog's settings, in the same order as all other commits and without events. Like a change of types it
    /// raises the registry's version, and does nothing when <paramref name="expectedVersion"/> is no longer that.
    /// </summary>
    /// <returns>Whether the settings were written.</returns>
    ValueTask<bool> CommitSettingsAsync(CatalogSettings settings, long expectedVersion, CommitContext context, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a job, in the same order as all other commits and without events. Like a change of types it raises the registry's
    /// version, so that no plan made before is committed after, and does nothing when <paramref name="expectedVersion"/> is no
    /// longer that.
    /// </summary>
    /// <returns>Whether the job was written.</returns>
    ValueTask<bool> CommitJobAsync(DeletionJob job, long expectedVersion, CommitContext context, CancellationToken cancellationToken);

    /// <summary>Notes how many assets a running job has deleted, which is no commit; a job that has ended is left as it is.</summary>
    ValueTask NoteProgressAsync(Guid job, long done, CancellationToken cancellationToken);

    /// <summary>
    /// Trims the log up to and with a commit, which does nothing where that has been done. The events are gone at once, for
    /// every session that is opened afterwards. What only they needed is removed in steps, of about
    /// <paramref name="rowsMax"/> rows for each call, so that saves never wait long: older revisions, versions and ended
    /// edges. What an asset was right after the last trimmed commit stays; see <see cref="IReadSession.LoadAsOfAsync"/>.
    /// </summary>
    /// <returns>Whether there is more to remove; call again until there is not.</returns>
    ValueTask<bool> TrimAsync(CommitNumber upTo, int rowsMax, CancellationToken cancellationToken);

    /// <summary>
    /// Completes when the head has passed the one that was seen, or at once when it has; also when another log is in the place of
    /// the one that was seen, which gives numbers again.
    /// </summary>
    Task WaitForCommitAfterAsync(CatalogHead seen, CancellationToken cancellationToken);
}

/// <summary>Looks at the state that a change of types will stand on, while nobody else writes, and says whether it may be written.</summary>
/// <param name="session">That state.</param>
/// <param name="cancellationToken">Stops the looking.</param>
public delegate ValueTask<bool> TypeGuard(IReadSession session, CancellationToken cancellationToken);

/// <summary>Plans a save against a snapshot: called again by a store when the first plan no longer holds.</summary>
/// <param name="session">The state that the commit will stand on.</param>
/// <param name="cancellationToken">Stops the planning.</param>
public delegate ValueTask<PlanOutcome> Planner(IReadSession session, CancellationToken cancellationToken);
