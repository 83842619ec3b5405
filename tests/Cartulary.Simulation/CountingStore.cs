using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Simulation;

/// <summary>A store that counts the snapshots that are taken of it, and may come to hold another catalog.</summary>
internal sealed class CountingStore(ICatalogStore first) : ICatalogStore
{
    private volatile ICatalogStore _inner = first;
    private int _snapshots;

    /// <summary>How many snapshots have been taken.</summary>
    public int Snapshots => _snapshots;

    /// <summary>Another catalog takes the place of the one before, as in a database that is set back.</summary>
    public void Replace(ICatalogStore other) => _inner = other;

    public CatalogHead Head => _inner.Head;

    public ValueTask<CatalogHead> SeeHeadAsync(CancellationToken cancellationToken) => _inner.SeeHeadAsync(cancellationToken);

    public ValueTask<IReadSession> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _snapshots);
        return _inner.ReadAsync(cancellationToken);
    }

    public ValueTask<CommitOutcome> CommitAsync(CommitPlan plan, Planner planner, CancellationToken cancellationToken) =>
        _inner.CommitAsync(plan, planner, cancellationToken);

    public ValueTask<bool> CommitTypesAsync(
        ImmutableArray<StoredType> types, long expectedVersion, CommitContext context, TypeGuard? guard, CancellationToken cancellationToken) =>
        _inner.CommitTypesAsync(types, expectedVersion, context, guard, cancellationToken);

    public ValueTask<bool> CommitSettingsAsync(CatalogSettings settings, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        _inner.CommitSettingsAsync(settings, expectedVersion, context, cancellationToken);

    public ValueTask<bool> TrimAsync(CommitNumber upTo, int rowsMax, CancellationToken cancellationToken) => _inner.TrimAsync(upTo, rowsMax, cancellationToken);

    public ValueTask<bool> CommitJobAsync(DeletionJob job, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        _inner.CommitJobAsync(job, expectedVersion, context, cancellationToken);

    public ValueTask NoteProgressAsync(Guid job, long done, CancellationToken cancellationToken) => _inner.NoteProgressAsync(job, done, cancellationToken);

    public Task WaitForCommitAfterAsync(CatalogHead seen, CancellationToken cancellationToken) => _inner.WaitForCommitAfterAsync(seen, cancellationToken);
}
