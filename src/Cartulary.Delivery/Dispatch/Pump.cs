using System.Collections.Immutable;
using System.Threading.Channels;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Subscriptions;
using Microsoft.Extensions.Logging;

namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// Moves the subscriptions that this server serves: reads the log for them, starts attempts, takes in how they end and stores how far each has
/// come. All of it is decided by one task, one thing after another; reading, sending and storing are done beside it and report to its inbox.
/// </summary>
internal sealed partial class Pump : IDisposable
{
    private static readonly TimeSpan ReadingsEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);
    private readonly DispatchParts _parts;
    private readonly ILogger _logger;
    private readonly Channel<Action> _inbox = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, Runner> _runners = new(StringComparer.Ordinal);
    private readonly Dictionary<int, HeldShard> _shards = [];
    private readonly Queue<Runner> _line = [];
    private readonly SendSlots _slots;
    private readonly CauseChain _causes;
    private readonly SteadyClock _clock;
    private readonly CancellationTokenSource _abort = new();
    private readonly ITimer _timer;
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _tasks;
    private int _readersBehind;
    private long _lastReadings;
    private long _lastSave;
    private long _lastIdleSave;
    private bool _isSaving;

    // Something is to be stored before its time.
    private bool _isUrgent;
    private bool _isStoringTroubled;
    private bool _isStopping;

    public Pump(DispatchParts parts, ILogger logger)
    {
        _parts = parts;
        _logger = logger;
        _clock = new SteadyClock(parts.Clock);
        _slots = new SendSlots(parts.Limits.SendSlots);
        _causes = new CauseChain(parts.Feed, parts.Limits.LoopDepth);
        _timer = parts.Clock.CreateTimer(_ => Post(static () => { }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many places for messages are free.</summary>
    public int FreeSlots => _slots.Free;

    /// <summary>How the subscriptions did a moment ago, at most a few seconds.</summary>
    public ImmutableArray<DeliveryReading> Readings { get; private set; } = [];

    /// <summary>Runs until it is stopped and all that was under way has ended.</summary>
    public async Task RunAsync()
    {
        while (await _inbox.Reader.WaitToReadAsync())
        {
            while (_inbox.Reader.TryRead(out var work))
            {
                work();
            }

            Step();
        }
    }

    /// <summary>Has something done by the pump.</summary>
    public void Post(Action work) => _inbox.Writer.TryWrite(work);

    /// <summary>Serves a shard from now on.</summary>
    /// <param name="lease">Its lease.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="until">Until when it may send for the shard, in ticks of the clock.</param>
    /// <param name="loadAgain">Called when what ran of a subscription has ended and the shard must be loaded anew.</param>
    public void Hold(Lease lease, int shard, long until, Action loadAgain) => Post(() => _shards[shard] = new HeldShard(lease, loadAgain) { Until = until });

    /// <summary>A shard's lease was renewed.</summary>
    public void Extend(int shard, long until) => Post(() =>
    {
        if (_shards.TryGetValue(shard, out var held))
        {
            held.Until = until;
        }
    });

    /// <summary>Takes in the subscriptions of a shard. Those that have changed, or are gone, end what is under way first; then the shard is loaded anew.</summary>
    public void Adopt(int shard, IReadOnlyCollection<LoadedSubscription> loaded) => Post(() =>
    {
        if (!_shards.TryGetValue(shard, out var held))
        {
            return;
        }

        var wanted = loaded.ToDictionary(subscription => subscription.Row.Id, StringComparer.Ordinal);
        foreach (var runner in _runners.Values.Where(runner => runner.Row.Shard == shard).ToList())
        {
            if (!wanted.Remove(runner.Row.Id, out var now) || now.Row.Revision != runner.Row.Revision)
            {
                Retire(runner, now is null ? null : held.LoadAgain);
            }
        }

        foreach (var subscription in wanted.Values)
        {
            Begin(subscription);
        }
    });

    /// <summary>Stops serving a shard at once: another server may serve it already.</summary>
    public void Drop(int shard) => Post(() => Lose(shard));

    /// <summary>Ends what is under way on a shard, stores it, and lets go of the shard.</summary>
    public Task ReleaseAsync(int shard)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            var leaving = _runners.Values.Where(runner => runner.Row.Shard == shard).ToList();
            var left = leaving.Count;
            if (left == 0)
            {
                Finish();
            }

            foreach (var runner in leaving)
            {
                Retire(runner, () =>
                {
                    if (--left == 0)
                    {
                        Finish();
                    }
                });
            }

            void Finish()
            {
                _shards.Remove(shard);
                done.SetResult();
            }
        });
        return done.Task;
    }

    /// <summary>Starts nothing new, waits for what is under way as long as the limits allow, stores all, and ends the pump.</summary>
    public async Task StopAsync()
    {
        Post(() => _isStopping = true);
        try
        {
            await _quiet.Task.WaitAsync(_parts.Limits.StopWithin, _parts.Clock);
        }
        catch (TimeoutException)
        {
            await _abort.CancelAsync();
            await _quiet.Task;
        }

        _inbox.Writer.Complete();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _abort.Dispose();
    }

    private void Begin(LoadedSubscription loaded)
    {
        OpenedSubscription? opened;
        try
        {
            opened = OpenedSubscription.Open(loaded.Row.Id, SubscriptionDocument.Read(loaded.Row.Document), _parts.Secrets);
        }
        catch (InvalidDataException problem)
        {
            _logger.SubscriptionUnreadable(loaded.Row.Id, problem);
            return;
        }

        if (opened is null)
        {
            _logger.SecretUnreadable(loaded.Row.Id);
            return;
        }

        var runner = new Runner(loaded, opened, ReaderFor(opened.Wanted), _parts.Catalog.Head, _parts.Policy, _clock, Random.Shared.NextDouble);
        _runners.Add(loaded.Row.Id, runner);
        Enqueue(runner);
    }

    private void Step()
    {
        var (head, now) = (_parts.Catalog.Head, _clock.Now);
        foreach (var runner in _runners.Values)
        {
            if (runner.Log != head.LogId && !runner.IsRetiring)
            {
                // Another log has taken the place of the one it read: it begins anew there, where the two part.
                Retire(runner, _shards.GetValueOrDefault(runner.Row.Shard)?.LoadAgain);
            }
            else if (!_isStopping && !runner.IsRetiring)
            {
                runner.Watch(head, now);
            }
        }

        if (!_isStopping)
        {
            Read(head);
            Send();
        }

        Save();
        EndRetired();
        if (_isStopping && _tasks == 0 && !_runners.Values.Any(runner => runner.HasChanges && IsHeld(runner)))
        {
            _quiet.TrySetResult();
        }

        TakeReadings(head);
        SetTimer();
    }

    private void TakeReadings(CatalogHead head)
    {
        if (_parts.Clock.GetElapsedTime(_lastReadings) < ReadingsEvery && _lastReadings != 0)
        {
            return;
        }

        _lastReadings = _parts.Clock.GetTimestamp();
        var now = _clock.Shown;
        Readings = [.. _runners.Values.OrderBy(runner => runner.Row.Id, StringComparer.Ordinal).Select(runner => DeliveryReading.Of(runner, head, now))];
    }

    private void Enqueue(Runner runner)
    {
        if (!runner.IsQueued)
        {
            runner.IsQueued = true;
            _line.Enqueue(runner);
        }
    }

    private void Retire(Runner runner, Action? then)
    {
        runner.IsRetiring = true;
        runner.AfterRetiring += then;
        Post(static () => { });
    }

    private void EndRetired()
    {
        foreach (var runner in _runners.Values.Where(runner => runner.IsRetiring && runner.Sent.Count == 0 && !runner.IsReading && !_isSaving).ToList())
        {
            if (!runner.HasChanges || !IsHeld(runner))
            {
                Forget(runner);
                runner.AfterRetiring?.Invoke();
            }
            else
            {
                _isUrgent = true;
                Post(static () => { });
            }
        }
    }

    /// <summary>Forgets all of a shard whose lease is lost. What is not stored of it is sent again by whoever has the shard now.</summary>
    private void Lose(int shard)
    {
        _shards.Remove(shard);
        foreach (var runner in _runners.Values.Where(runner => runner.Row.Shard == shard).ToList())
        {
            DeliveryMetrics.CountRepeats(RepeatReason.Takeover, runner.Schedule.Unstored);
            Forget(runner);
        }
    }

    private void Forget(Runner runner)
    {
        runner.IsRetiring = true;
        _runners.Remove(runner.Row.Id);
    }

    private void SetTimer()
    {
        var now = _clock.Now;
        var next = _parts.Limits.CheckpointIdleEvery;
        var hasNews = false;
        foreach (var runner in _runners.Values)
        {
            hasNews |= runner.HasNews && IsHeld(runner);
            if (runner.MaySend && runner.Schedule.NextDue is { } due && due > now)
            {
                next = Shorter(next, TimeSpan.FromMilliseconds(due - now));
            }
        }

        if (hasNews && !_isSaving)
        {
            next = Shorter(next, _parts.Limits.CheckpointEvery - _parts.Clock.GetElapsedTime(_lastSave));
        }

        _timer.Change(next < ShortestWait ? ShortestWait : next, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan two) => one < two ? one : two;

    /// <summary>A shard that this server serves.</summary>
    private sealed class HeldShard(Lease lease, Action loadAgain)
    {
        public Lease Lease => lease;

        public Action LoadAgain => loadAgain;

        /// <summary>Until when it may send for the shard, in ticks of the clock.</summary>
        public long Until { get; set; }
    }
}
