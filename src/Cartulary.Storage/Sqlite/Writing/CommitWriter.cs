using System.Diagnostics;
using System.Threading.Channels;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;
using Microsoft.Extensions.Logging;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>
/// The one writer: gathers what waits into a durable transaction, again and again. Whoever waits is answered, and the head
/// moves, only when the transaction is durable.
/// </summary>
internal sealed class CommitWriter : IAsyncDisposable
{
    private readonly Channel<PendingWork> _queue;
    private readonly WaitingWork _waiting;
    private readonly WriteTurn _turn;
    private readonly HeadSignal _head;
    private readonly Checkpointer _checkpointer;
    private readonly ILogger _logger;
    private readonly List<PendingWork> _group = [];
    private readonly Task _running;

    /// <summary>Starts; what it is given becomes its own, but for the head.</summary>
    public CommitWriter(WriteTurn turn, HeadSignal head, Checkpointer checkpointer, SqliteStoreOptions options, ILogger logger)
    {
        _turn = turn;
        _head = head;
        _checkpointer = checkpointer;
        _logger = logger;
        _waiting = new WaitingWork(options);
        _queue = Channel.CreateBounded<PendingWork>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _running = RunAsync();
    }

    /// <summary>Commits a plan, or what its planner says when it no longer holds.</summary>
    public async ValueTask<CommitOutcome> CommitAsync(CommitPlan plan, Planner planner, CancellationToken cancellationToken)
    {
        var save = new PendingSave(plan, planner);
        using var registration = await EnqueueAsync(save, cancellationToken);
        return await save.Completion;
    }

    /// <summary>Makes a change beside the saves, in its turn.</summary>
    public async ValueTask<bool> ChangeAsync(Func<WriteTurn, bool> change, CancellationToken cancellationToken)
    {
        var pending = new PendingChange(change);
        using var registration = await EnqueueAsync(pending, cancellationToken);
        return await pending.Completion;
    }

    /// <summary>Finishes what waits, and lets nothing more in.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running;
        await _checkpointer.DisposeAsync();
        _turn.Database.Dispose();
    }

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

        return cancellationToken.UnsafeRegister(static (pending, token) => ((PendingWork)pending!).Cancel(token), work);
    }

    private async Task RunAsync()
    {
        while (!_waiting.IsEmpty || await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (!_waiting.IsFull && _queue.Reader.TryRead(out var work))
            {
                _waiting.Add(work);
            }

            _waiting.TakeGroup(_group);
            if (_group.Count > 0 && await TryCommitAsync(_group) is { } failure)
            {
                await CommitOneByOneAsync(failure);
            }
        }
    }

    /// <summary>One member must not cost the others theirs, so after a failure each has a transaction of its own.</summary>
    private async Task CommitOneByOneAsync(Exception failure)
    {
        if (_group.Count > 1)
        {
            Log.GroupUndone(_logger, _group.Count, failure);
        }

        foreach (var member in _group)
        {
            var own = _group.Count == 1 ? failure : await TryCommitAsync([member]);
            if (own is not null)
            {
                Log.SaveFailed(_logger, own);
                member.Fail(own);
            }
        }
    }

    /// <summary>Writes members in one transaction and answers them, or undoes it and says why.</summary>
    private async Task<Exception?> TryCommitAsync(List<PendingWork> members)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            _turn.Database.Run("BEGIN IMMEDIATE");
            foreach (var member in members)
            {
                await member.ApplyAsync(_turn);
            }

            _turn.Database.Run("COMMIT");
        }
#pragma warning disable CA1031 // Whatever it was, the writer goes on, and the one it belongs to is told.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return Undo(failure);
        }

        StoreMetrics.CommitDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        StoreMetrics.GroupSize.Record(members.Count);
        if (_turn.Keep() is { } head)
        {
            StoreMetrics.EventsCommitted.Add(head.Sequence - _head.Head.Sequence);
            _head.Advance(head);
        }

        foreach (var member in members)
        {
            member.Complete();
        }

        _checkpointer.Grown(_turn.Database.TakePagesWritten());
        return null;
    }

    private Exception Undo(Exception failure)
    {
        _turn.Forget();
        try
        {
            _turn.Database.Rollback();
            return failure;
        }
        catch (SqliteFailureException another)
        {
            return new AggregateException(failure, another);
        }
    }
}
