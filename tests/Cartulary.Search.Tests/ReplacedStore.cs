using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Search.Tests;

/// <summary>A store that comes to hold another catalog, as a database that is set back, and tells those who wait only when it is told to.</summary>
internal sealed class ReplacedStore(ICatalogStore first) : ICatalogStore
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ICatalogStore _first = first;
    private volatile ICatalogStore _inner = first;

    public CatalogHead Head => _inner.Head;

    /// <summary>Another catalog takes the place of the first.</summary>
    public void Replace(ICatalogStore other) => _inner = other;

    /// <summary>Wakes those who wait.</summary>
    public void Tell() => _told.SetResult();

    public ValueTask<CatalogHead> SeeHeadAsync(CancellationToken cancellationToken) => _inner.SeeHeadAsync(cancellationToken);

    public ValueTask<IReadSession> ReadAsync(CancellationToken cancellationToken) => _inner.ReadAsync(cancellationToken);

    public async Task WaitForCommitAfterAsync(CatalogHead seen, CancellationToken cancellationToken)
    {
        if (seen.LogId == _first.Head.LogId)
        {
            await Task.WhenAny(_first.WaitForCommitAfterAsync(seen, cancellationToken), _told.Task);
        }
        else
        {
            await _inner.WaitForCommitAfterAsync(seen, cancellationToken);
        }
    }

    public ValueTask<CommitOutcome> CommitAsync(CommitPlan plan, Planner planner, CancellationToken cancellationToken) =>
        _inner.CommitAsync(plan, planner, cancellationToken);

    public ValueTask<bool> CommitTypesAsync(
        ImmutableArray<StoredType> types, long expectedVersion, CommitContext context, TypeGuard? guard, CancellationToken cancellationToken) =>
        _inner.CommitTypesAsync(types, expectedVersion, context, guard, cancellationToken);

    public ValueTask<bool> CommitSettingsAsync(CatalogSettings settings, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        _inner.CommitSettingsAsync(settings, expectedVersion, context, cancellationToken);

    public ValueTask<bool> CommitJobAsync(DeletionJob job, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        _inner.CommitJobAsync(job, expectedVersion, context, cancellationToken);

    public ValueTask NoteProgressAsync(Guid job, long done, CancellationToken cancellationToken) => _inner.NoteProgressAsync(job, done, cancellationToken);

    public ValueTask<bool> TrimAsync(CommitNumber upTo, int rowsMax, CancellationToken cancellationToken) => _inner.TrimAsync(upTo, rowsMax, cancellationToken);
}
