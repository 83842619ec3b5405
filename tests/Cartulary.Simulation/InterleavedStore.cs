using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Simulation;

/// <summary>A store in which something else happens once, between the planning of a save and its commit.</summary>
internal sealed class InterleavedStore(ICatalogStore inner) : ICatalogStore
{
    /// <summary>What happens before the next commit; null when nothing does, or when it has happened.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public CatalogHead Head => inner.Head;

    public ValueTask<CatalogHead> SeeHeadAsync(CancellationToken cancellationToken) => inner.SeeHeadAsync(cancellationToken);

    public ICommitWatch? Watch => inner.Watch;

    public ValueTask<IReadSession> ReadAsync(CancellationToken cancellationToken) => inner.ReadAsync(cancellationToken);

    public async ValueTask<CommitOutcome> CommitAsync(CommitPlan plan, Planner planner, CancellationToken cancellationToken)
    {
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }

        return await inner.CommitAsync(plan, planner, cancellationToken);
    }

    public ValueTask<bool> CommitTypesAsync(
        ImmutableArray<StoredType> types, long expectedVersion, CommitContext context, TypeGuard? guard, CancellationToken cancellationToken) =>
        inner.CommitTypesAsync(types, expectedVersion, context, guard, cancellationToken);

    public ValueTask<bool> TrimAsync(CommitNumber upTo, int rowsMax, CancellationToken cancellationToken) => inner.TrimAsync(upTo, rowsMax, cancellationToken);

    public ValueTask<bool> CommitSettingsAsync(CatalogSettings settings, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        inner.CommitSettingsAsync(settings, expectedVersion, context, cancellationToken);

    public ValueTask<bool> CommitJobAsync(DeletionJob job, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        inner.CommitJobAsync(job, expectedVersion, context, cancellationToken);

    public ValueTask NoteProgressAsync(Guid job, long done, CancellationToken cancellationToken) => inner.NoteProgressAsync(job, done, cancellationToken);

    public Task WaitForCommitAfterAsync(CatalogHead seen, CancellationToken cancellationToken) => inner.WaitForCommitAfterAsync(seen, cancellationToken);
}
