using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Commits;

/// <summary>
/// The one writer of a store: gathers what waits into a durable transaction, again and again. Whoever waits is answered, and
/// the head moves, only when the transaction is durable. It has no thread: who brings work while nobody writes, writes one
/// group, so that no other thread has to be woken for it, nor to answer it.
/// </summary>
/// <typeparam name="TTurn">The store's transaction.</typeparam>
internal sealed class CommitWriter<TTurn> : IAsyncDisposable
    where TTurn : IWriteTurn
{
    // A group that met a database that is away or busy is tried again after these waits, but not for longer than all in all.
    private static readonly int[] WaitMilliseconds = [20, 50, 100, 200, 500, 1_000, 2_000, 3_000];
    private static readonly TimeSpan RetriedFor = TimeSpan.FromSeconds(10);

    private readonly Channel<PendingWork> _queue;
    private readonly WaitingWork _waiting;
    private readonly TTurn _turn;
    private readonly HeadSignal _head;
    private readonly ILogger _logger;
    private readonly List<PendingWork> _group = [];
    private readonly SemaphoreSlim _free = new(1);
    private bool _isAway;

    /// <summary>Starts; the turn becomes its own.</summary>
    public CommitWriter(TTurn turn, HeadSignal head, GroupLimits limits, ILogger logger)
    {
        _turn = turn;
        _head = head;
        _logger = logger;
        _waiting = new WaitingWork(limits);
        _queue = Channel.CreateBounded<PendingWork>(new BoundedChannelOptions(limits.QueueCapacity));
        StoreMetrics.ShowZeros();
    }

    /// <summary>Commits a plan, or what its planner says when it no longer holds.</summary>
    public async ValueTask<CommitOutcome> CommitAsync(CommitPlan plan, Planner planner, CancellationToken cancellationToken)
    {
        var save = new PendingSave(plan, planner);
        using var registration = await EnqueueAsync(save, cancellationToken);
        return await save.Completion;
    }

    /// <summary>Commits type definitions, unless the registry has another version by then or the guard says no; tells whether it did.</summary>
    public ValueTask<bool> CommitTypesAsync(
        ImmutableArray<StoredType> types, long expectedVersion, CommitContext context, TypeGuard? guard, CancellationToken cancellationToken) =>
        RedefineAsync(expectedVersion, guard, turn => turn.Write(types, context), cancellationToken);

    /// <summary>Commits the catalog's settings, unless the registry has another version by then; tells whether it did.</summary>
    public ValueTask<bool> CommitSettingsAsync(
        CatalogSettings settings, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        RedefineAsync(expectedVersion, guard: null, turn => turn.Write(settings, context), cancellationToken);

    /// <summary>Commits a job, unless the registry has another version by then; tells whether it did.</summary>
    public ValueTask<bool> CommitJobAsync(DeletionJob job, long expectedVersion, CommitContext context, CancellationToken cancellationToken) =>
        RedefineAsync(expectedVersion, guard: null, turn => turn.Write(job, context), cancellationToken);

    /// <summary>Makes a change beside the saves, in its turn.</summary>
    public async ValueTask<bool> ChangeAsync(Func<TTurn, ValueTask<bool>> change, CancellationToken cancellationToken)
    {
        var pending = new PendingChange<TTurn>(change);
        using var registration = await EnqueueAsync(pending, cancellationToken);
        return await pending.Completion;
    }

    /// <summary>Finishes what waits, and lets nothing more in.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _free.WaitAsync(CancellationToken.None);
        try
        {
            while (TakeGroup())
            {
                await CommitGroupAsync();
            }

            await _turn.DisposeAsync();
        }
        finally
        {
            _free.Release();
        }
    }

    private ValueTask<bool> RedefineAsync(long expectedVersion, TypeGuard? guard, Action<TTurn> write, CancellationToken cancellationToken) => ChangeAsync(
        async turn =>
        {
            if (turn.Head.RegistryVersion != expectedVersion || (guard is not null && !await turn.LookAsync(guard.Invoke)))
            {
                return false;
            }

            write(turn);
            return true;
        },
        cancellationToken);

    private async ValueTask<CancellationTokenRegistration> EnqueueAsync(PendingWork work, CancellationToken cancellationToken)
    {
        try
        {
            await _queue.Writer.WriteAsync(work, cancellationToken);
            StoreMetrics.WriterQueue.Add(1);
        }
        catch (ChannelClosedException closed)
        {
            throw new ObjectDisposedException("The catalog's store is closed.", closed);
        }

        var registration = cancellationToken.UnsafeRegister(static (pending, token) => ((PendingWork)pending!).Cancel(token), work);
        WriteIfNobodyDoes(untilEmpty: false);
        return registration;
    }

    private void WriteIfNobodyDoes(bool untilEmpty)
    {
        if (_free.Wait(0, CancellationToken.None))
        {
            _ = WriteAsync(untilEmpty);
        }
    }

    /// <summary>Writes one group, or all that comes. What is left then is left to a thread that has nobody to answer.</summary>
    private async Task WriteAsync(bool untilEmpty)
    {
        var isMore = true;
        try
        {
            do
            {
                if (TakeGroup())
                {
                    await CommitGroupAsync();
                }

                isMore = !_waiting.IsEmpty || _queue.Reader.TryPeek(out _);
            }
            while (isMore && untilEmpty);
        }
        finally
        {
            _free.Release();

            // Looked at once more: who came just before found the turn taken, and relies on that.
            if (isMore || _queue.Reader.TryPeek(out _))
            {
                ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.WriteIfNobodyDoes(untilEmpty: true), this, preferLocal: false);
            }
        }
    }

    /// <summary>Takes up the next group; false when nothing waits that was not cancelled.</summary>
    private bool TakeGroup()
    {
        do
        {
            while (!_waiting.IsFull && _queue.Reader.TryRead(out var work))
            {
                _waiting.Add(work);
            }

            _waiting.TakeGroup(_group);
        }
        while (_group.Count == 0 && !_waiting.IsEmpty);
        return _group.Count > 0;
    }

    private async Task CommitGroupAsync()
    {
        var failure = await TryUntilAnsweredAsync(_group);
        if (failure is null)
        {
            return;
        }

        if (_turn.IsTransient(failure) || failure is StoreUnavailableException)
        {
            FailAll(failure);
        }
        else
        {
            await CommitOneByOneAsync(failure);
        }
    }

    /// <summary>
    /// Tries again what failed only because the database was away or busy. While it stays away, later groups try once, so
    /// that those who wait behind are not kept for as long as the first.
    /// </summary>
    private async Task<Exception?> TryUntilAnsweredAsync(List<PendingWork> members)
    {
        var began = Stopwatch.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var failure = await TryCommitAsync(members);
            if (failure is null || !_turn.IsTransient(failure))
            {
                _isAway = false;
                return failure;
            }

            if (_isAway || attempt == WaitMilliseconds.Length || Stopwatch.GetElapsedTime(began) > RetriedFor)
            {
                _isAway = true;
                return failure;
            }

            WriterLog.TriedAgain(_logger, members.Count, failure);
            await Task.Delay(WaitMilliseconds[attempt], CancellationToken.None);
        }
    }

    /// <summary>Nothing of them is stored, or nobody knows whether it is; in either case they are not written once more.</summary>
    private void FailAll(Exception failure)
    {
        WriterLog.DatabaseAway(_logger, _group.Count, failure);
        foreach (var member in _group)
        {
            member.Fail(failure as StoreUnavailableException ?? new StoreUnavailableException(failure));
        }
    }

    /// <summary>One member must not cost the others theirs, so after a failure each has a transaction of its own.</summary>
    private async Task CommitOneByOneAsync(Exception failure)
    {
        if (_group.Count > 1)
        {
            WriterLog.GroupUndone(_logger, _group.Count, failure);
        }

        foreach (var member in _group)
        {
            var own = _group.Count == 1 ? failure : await TryUntilAnsweredAsync([member]);
            if (own is null)
            {
                continue;
            }

            WriterLog.SaveFailed(_logger, own);
            member.Fail(_turn.IsTransient(own) && own is not StoreUnavailableException ? new StoreUnavailableException(own) : own);
        }
    }

    /// <summary>Writes members in one transaction and answers them, or undoes it and says why.</summary>
    private async Task<Exception?> TryCommitAsync(List<PendingWork> members)
    {
        var begun = Stopwatch.GetTimestamp();
        CommittedGroup committed;
        try
        {
            await _turn.BeginAsync(members);
            foreach (var member in members)
            {
                await member.ApplyAsync(_turn);
            }

            committed = await _turn.CommitAsync();
        }
#pragma warning disable CA1031 // Whatever it was, the writer goes on, and the one it belongs to is told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return await _turn.UndoAsync(failure);
        }

        StoreMetrics.CommitDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        StoreMetrics.GroupSize.Record(members.Count);
        if (committed.Head is { } head)
        {
            StoreMetrics.EventsCommitted.Add(committed.Events);
            _head.Advance(head);
        }

        foreach (var member in members)
        {
            member.Complete();
        }

        return null;
    }
}
