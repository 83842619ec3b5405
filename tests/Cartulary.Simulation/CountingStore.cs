using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Simulation;

/// <summary>A store that counts the snapshots that are taken of it.</summary>
internal sealed class CountingStore(ICatalogStore inner) : ICatalogStore
{
    private int _snapshots;

    /// <summary>How many snapshots have been taken.</summary>
    public int Snapshots => _snapshots;

    public CatalogHead Head => inner.Head;

    public ValueTask<CatalogHead> SeeHeadAsync(CancellationToken cancellationToken) => inner.SeeHeadAsync(cancellationToken);

    public ValueTask<IReadSession> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _snapshots);
        return inner.ReadAsync(cancellationToken);
    }

    public ValueTask<CommitOutcome> CommitAsync(CommitPlan plan, Planner planner, CancellationToken cancellationToken) =>
        inner.CommitAsync(plan, planner, cancellationToken);

    public ValueTask<bool> CommitTypesAsync(ImmutableArray<StoredType> types, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        inner.CommitTypesAsync(types, expectedVersion, context, cancellationToken);

    public ValueTask<bool> CommitSettingsAsync(CatalogSettings settings, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        inner.CommitSettingsAsync(settings, expectedVersion, context, cancellationToken);

    public ValueTask<bool> TrimAsync(CommitNumber upTo, int rowsMax, CancellationToken cancellationToken) => inner.TrimAsync(upTo, rowsMax, cancellationToken);

    public ValueTask<bool> CommitJobAsync(DeletionJob job, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        inner.CommitJobAsync(job, expectedVersion, context, cancellationToken);

    public ValueTask NoteProgressAsync(Guid job, long done, CancellationToken cancellationToken) => inner.NoteProgressAsync(job, done, cancellationToken);

    public Task WaitForCommitAfterAsync(CommitNumber commit, CancellationToken cancellationToken) => inner.WaitForCommitAfterAsync(commit, cancellationToken);
}
