using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// Decides what one subscription is sent next. Events of one asset go one after another and never past each other; assets do not wait
/// for each other. An event that fails while others get through is parked; when all fail, the endpoint is probed and nothing is
/// given up. Every event is settled exactly once: delivered, or given up as a dead letter. Knows no clock and does no I/O;
/// not safe for use by several threads.
/// </summary>
public sealed class Schedule
{
    private readonly DeliveryPolicy _policy;
    private readonly Func<double> _chance;
    private readonly int _inFlightMax;
    private readonly Dictionary<Guid, Lane> _lanes = [];
    private readonly Queue<WindowEvent> _window = [];
    private readonly ReadyLanes _ready = new();
    private readonly UnsavedChanges _unsaved = new();

    // The place was set back behind events that are parked: these are not taken twice.
    private readonly HashSet<long> _parkedAhead = [];

    // Events whose last attempt was not answered; what an earlier run knew of them is forgotten.
    private readonly HashSet<long> _unanswered = [];
    private long _windowBytes;
    private int _inFlight;
    private int _limit = 1;
    private int _failuresInRow;
    private int _beingStored;
    private bool _isProbing;
    private long _lastSuccess = long.MinValue;
    private string? _lastFailure;

    /// <summary>Goes on from what was stored.</summary>
    /// <param name="policy">When to try again, and when to give up.</param>
    /// <param name="inFlightMax">Most attempts under way at a time.</param>
    /// <param name="position">Everything up to this sequence is settled.</param>
    /// <param name="condition">How the endpoint does.</param>
    /// <param name="parked">Parked events, by sequence.</param>
    /// <param name="chance">Draws a number from 0 to 1.</param>
    public Schedule(
        DeliveryPolicy policy, int inFlightMax, long position, EndpointCondition condition, IEnumerable<ParkedEvent> parked, Func<double> chance)
    {
        _policy = policy;
        _inFlightMax = inFlightMax;
        _chance = chance;
        Examined = position;
        Condition = condition;
        foreach (var row in parked)
        {
            var lane = LaneOf(row.Asset);
            lane.Parked.Enqueue(row);
            ParkedCount++;
            if (row.Sequence > position)
            {
                _parkedAhead.Add(row.Sequence);
            }

            if (lane.Parked.Count == 1)
            {
                _ready.Add(lane);
            }
        }
    }

    /// <summary>How the endpoint does.</summary>
    public EndpointCondition Condition { get; private set; }

    /// <summary>The last sequence that was offered or passed over.</summary>
    public long Examined { get; private set; }

    /// <summary>How many events are parked.</summary>
    public int ParkedCount { get; private set; }

    /// <summary>Everything up to this sequence is settled.</summary>
    public long Position => _window.TryPeek(out var first) ? first.Sequence - 1 : Examined;

    /// <summary>How many events are known beyond the position.</summary>
    public int WindowCount => _window.Count;

    /// <summary>Whether the endpoint counts as failing.</summary>
    public bool IsOpen => Condition.FailingSince is not null;

    /// <summary>Whether so many events are parked that nothing further is read.</summary>
    public bool IsParkedFull => ParkedCount >= _policy.ParkedMax;

    /// <summary>Whether there is room for more events.</summary>
    public bool WantsMore =>
        Condition.Disabled is null && !IsParkedFull && _window.Count < _policy.WindowEvents && (_windowBytes < _policy.WindowBytes || _window.Count == 0);

    /// <summary>Whether an event has been settled, or the endpoint's condition has changed, and that has not been stored.</summary>
    public bool HasChanges => _unsaved.Any;

    /// <summary>Whether more is to be stored than that the position moved over events which are not for this subscription.</summary>
    public bool HasNews => _unsaved.IsUrgent;

    /// <summary>How many settled events are still to be stored, without those that are being stored.</summary>
    public int Unsaved => _unsaved.Settled;

    /// <summary>How many events are settled without that being stored: whoever goes on from what is stored sends them again.</summary>
    public int Unstored => _unsaved.Settled + _beingStored;

    /// <summary>When <see cref="TryStart"/> may give something without anything else having happened, in milliseconds; null for never.</summary>
    public long? NextDue =>
        Condition.Disabled is not null ? null : IsOpen ? (_isProbing || _lanes.Count == 0 ? null : Condition.NextAttempt) : _ready.NextDue;

    /// <summary>Adds an event that the subscription is to get; events come in order of sequence.</summary>
    public void Offer(PendingEvent pending)
    {
        if (pending.Sequence <= Examined)
        {
            throw new ArgumentException("Events are offered in order of sequence.", nameof(pending));
        }

        Examined = pending.Sequence;
        if (_parkedAhead.Remove(pending.Sequence))
        {
            _unsaved.CountSettled();
            return;
        }

        var lane = LaneOf(pending.Asset);
        if (lane.Parked.Count > 0)
        {
            Park(lane, new ParkedEvent(pending.Sequence, pending.Asset, 0, Due: null));
            _unsaved.CountSettled();
            return;
        }

        var waiting = new WindowEvent(pending);
        _window.Enqueue(waiting);
        _windowBytes += pending.Bytes;
        lane.Waiting.Enqueue(waiting);
        if (lane.Waiting.Count == 1 && !lane.IsBusy)
        {
            _ready.Add(lane);
        }
    }

    /// <summary>Notes that all events up to a sequence were offered or are not for this subscription.</summary>
    public void PassOver(long sequence)
    {
        if (sequence > Examined)
        {
            Examined = sequence;
            _unsaved.Move();
        }
    }

    /// <summary>The next attempt to make, or null when there is none now.</summary>
    /// <param name="now">The time, epoch milliseconds.</param>
    public Attempt? TryStart(long now)
    {
        if (Condition.Disabled is not null || Unstored + _inFlight >= _policy.UnsavedMax)
        {
            return null;
        }

        if (IsOpen)
        {
            return _isProbing || _inFlight > 0 || now < Condition.NextAttempt || _ready.Rotate(_lanes.Values) is not { } probed ? null : Start(probed, isProbe: true);
        }

        return _inFlight < _limit && _ready.Take(now) is { } lane ? Start(lane, isProbe: false) : null;
    }

    /// <summary>Takes in how an attempt ended.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="now">The time, epoch milliseconds.</param>
    public void Complete(Attempt attempt, AttemptResult result, long now)
    {
        var lane = _lanes[attempt.Asset];
        lane.IsBusy = false;
        _inFlight--;
        _isProbing &= !attempt.IsProbe;
        _ = result.IsUnanswered ? _unanswered.Add(attempt.Sequence) : _unanswered.Remove(attempt.Sequence);
        if (result.IsDelivered)
        {
            Deliver(lane, attempt, now);
        }
        else if (result.IsGone)
        {
            Disable(DisabledReason.Gone, result, now);
        }
        else
        {
            _lastFailure = Words(result);
            Fail(lane, attempt, result, now);
        }

        Settle();
        Leave(lane);
    }

    /// <summary>Lets go of an attempt that was not made, as if it had not been started.</summary>
    public void Withdraw(Attempt attempt)
    {
        var lane = _lanes[attempt.Asset];
        lane.IsBusy = false;
        _inFlight--;
        _isProbing &= !attempt.IsProbe;
        _ready.Add(lane);
    }

    /// <summary>Gives up a parked event that is not in the log any more, so that it cannot be sent.</summary>
    public void Lose(Attempt attempt, long now)
    {
        var lane = _lanes[attempt.Asset];
        lane.IsBusy = false;
        _inFlight--;
        _isProbing &= !attempt.IsProbe;
        Unpark(lane);
        _unsaved.Bury(new DeadLetter(attempt.Sequence, attempt.Asset, attempt.Number - 1, now, "the event has been trimmed from the log"));
        Leave(lane);
    }

    /// <summary>When <see cref="Tell"/> has something to say, in milliseconds; null for never.</summary>
    public long? TellDue => IsOpen && Condition is { Told: null, Disabled: null } ? Condition.FailingSince + _policy.TellAfter : null;

    /// <summary>Says that the endpoint fails, once it has failed for some time.</summary>
    /// <param name="now">The time, epoch milliseconds.</param>
    public void Tell(long now)
    {
        if (TellDue <= now)
        {
            Change(Condition with { Told = NoticeKind.Failing });
            _unsaved.Tell(new DeliveryNotice(NoticeKind.Failing, now) { Since = Condition.FailingSince, Reason = _lastFailure });
        }
    }

    /// <summary>Says once that what follows the position has been trimmed.</summary>
    /// <param name="now">The time, epoch milliseconds.</param>
    public void TellExpired(long now)
    {
        if (Condition.Told != NoticeKind.Expired)
        {
            Change(Condition with { Told = NoticeKind.Expired });
            _unsaved.Tell(new DeliveryNotice(NoticeKind.Expired, now) { Sequence = Position });
        }
    }

    /// <summary>Takes what is to be stored, until <see cref="Stored"/> says that it was, or <see cref="PutBack"/> that it could not be.</summary>
    public ScheduleChanges TakeChanges()
    {
        _beingStored = _unsaved.Settled;
        return _unsaved.Take(Position, Condition);
    }

    /// <summary>What was taken is stored.</summary>
    public void Stored() => _beingStored = 0;

    /// <summary>Takes back what could not be stored.</summary>
    public void PutBack(ScheduleChanges changes)
    {
        _beingStored = 0;
        _unsaved.PutBack(changes);
    }

    private void Leave(Lane lane)
    {
        if (lane.IsEmpty)
        {
            _lanes.Remove(lane.Asset);
        }
        else
        {
            _ready.Add(lane);
        }
    }

    private Attempt Start(Lane lane, bool isProbe)
    {
        lane.IsBusy = true;
        _inFlight++;
        _isProbing |= isProbe;
        var attempt = lane.Parked.TryPeek(out var parked)
            ? new Attempt(parked.Sequence, lane.Asset, parked.Attempts + 1, isProbe, IsParked: true, parked.IsRedriven)
            : new Attempt(lane.Waiting.Peek().Sequence, lane.Asset, lane.Waiting.Peek().Attempts + 1, isProbe, IsParked: false);
        return _unanswered.Contains(attempt.Sequence) ? attempt with { FollowsUnanswered = true } : attempt;
    }

    private void Deliver(Lane lane, Attempt attempt, long now)
    {
        _lastSuccess = now;
        _failuresInRow = 0;
        if (attempt.IsParked)
        {
            Unpark(lane);
        }
        else
        {
            lane.Waiting.Dequeue().IsSettled = true;
            _unsaved.CountSettled();
        }

        if (Condition.Disabled is null && IsOpen)
        {
            Close(now);
        }
        else
        {
            _limit = Math.Min(_limit * 2, _inFlightMax);
        }

        Change(Condition with { LastSuccess = now });
    }

    private void Fail(Lane lane, Attempt attempt, AttemptResult result, long now)
    {
        var delay = _policy.DelayAfter(attempt.Number, result, _chance());
        if (attempt.IsParked)
        {
            FailParked(lane, attempt, result, now, delay);
        }
        else
        {
            FailWaiting(lane, attempt, result, now, delay);
        }
    }

    private void FailParked(Lane lane, Attempt attempt, AttemptResult result, long now, long delay)
    {
        if (attempt.IsProbe)
        {
            Probe(result, now);
            return;
        }

        if (attempt.Number >= _policy.AttemptsMax)
        {
            Unpark(lane);
            _unanswered.Remove(attempt.Sequence);
            _unsaved.Bury(new DeadLetter(attempt.Sequence, attempt.Asset, attempt.Number, now, Words(result)));
        }
        else
        {
            // The queue holds the others behind it, so the first is exchanged by turning the queue round once.
            Exchange(lane, lane.Parked.Peek() with { Attempts = attempt.Number, Due = now + delay });
        }

        if (result.IsOfEndpoint)
        {
            Open(result, now);
        }
    }

    private void FailWaiting(Lane lane, Attempt attempt, AttemptResult result, long now, long delay)
    {
        var first = lane.Waiting.Peek();
        first.FirstFailure = first.Attempts == 0 ? now : first.FirstFailure;
        first.Attempts = attempt.Number;
        first.Due = now + delay;
        if (IsOpen)
        {
            if (attempt.IsProbe)
            {
                Probe(result, now);
            }

            return;
        }

        _failuresInRow++;
        if (result.IsOfEndpoint || _failuresInRow >= _policy.FailuresToOpen)
        {
            Open(result, now);
        }
        else if (result.IsRefusal ? first.Attempts >= _policy.AttemptsWhenRefused : first.Attempts >= _policy.AttemptsInLane && _lastSuccess > first.FirstFailure)
        {
            ParkAll(lane);
        }
    }

    private void ParkAll(Lane lane)
    {
        while (lane.Waiting.TryDequeue(out var waiting))
        {
            waiting.IsSettled = true;
            Park(lane, new ParkedEvent(waiting.Sequence, lane.Asset, waiting.Attempts, waiting.Due));
            _unsaved.CountSettled();
        }
    }

    private void Park(Lane lane, ParkedEvent parked)
    {
        lane.Parked.Enqueue(parked);
        ParkedCount++;
        _unsaved.Park(parked);
    }

    private void Unpark(Lane lane)
    {
        _unsaved.Unpark(lane.Parked.Dequeue().Sequence);
        ParkedCount--;
    }

    private void Exchange(Lane lane, ParkedEvent first)
    {
        var rest = lane.Parked.Skip(1).ToList();
        lane.Parked.Clear();
        lane.Parked.Enqueue(first);
        rest.ForEach(lane.Parked.Enqueue);
        _unsaved.Park(first);
    }

    private void Open(AttemptResult result, long now)
    {
        if (!IsOpen)
        {
            Change(Condition with { FailingSince = now, FailedProbes = 0 });
            Probe(result, now);
        }
    }

    private void Probe(AttemptResult result, long now)
    {
        var failed = Condition.FailedProbes + 1;
        var wait = Math.Min(_policy.DelayAfter(failed, result with { RetryAfter = null }, _chance()), _policy.LongestProbeWait);
        wait = Math.Max(wait, Math.Min(result.RetryAfter ?? 0, _policy.LongestRetryAfter));
        Change(Condition with { FailedProbes = failed, NextAttempt = now + wait });
        if (now - Condition.FailingSince >= _policy.DisableAfter)
        {
            Disable(DisabledReason.Failing, result, now);
        }
    }

    private void Disable(string disabled, AttemptResult result, long now)
    {
        if (Condition.Disabled is null)
        {
            Change(Condition with { Disabled = disabled, FailingSince = Condition.FailingSince ?? now, NextAttempt = null });
            _unsaved.Tell(new DeliveryNotice(NoticeKind.Disabled, now) { Since = Condition.FailingSince, Reason = $"{disabled}: {Words(result)}" });
        }
    }

    private void Close(long now)
    {
        _limit = 1;
        _failuresInRow = 0;
        if (Condition.Told == NoticeKind.Failing)
        {
            _unsaved.Tell(new DeliveryNotice(NoticeKind.Recovered, now) { Since = Condition.FailingSince });
        }

        Change(Condition with { FailingSince = null, FailedProbes = 0, NextAttempt = null, Disabled = null, Told = null });
        foreach (var waiting in _lanes.Values.Select(lane => lane.Waiting).Where(waiting => waiting.Count > 0))
        {
            waiting.Peek().Due = null;
        }

        _ready.Reset(_lanes.Values);
    }

    private void Change(EndpointCondition condition)
    {
        Condition = condition;
        _unsaved.Hurry();
    }

    private void Settle()
    {
        while (_window.TryPeek(out var first) && first.IsSettled)
        {
            _windowBytes -= _window.Dequeue().Bytes;
        }
    }

    private Lane LaneOf(Guid asset)
    {
        if (!_lanes.TryGetValue(asset, out var lane))
        {
            _lanes.Add(asset, lane = new Lane(asset));
        }

        return lane;
    }

    private static string Words(AttemptResult result) =>
        result.Status is { } status ? $"the receiver answered {status}" : $"the last attempt failed: {result.Class.ToString().ToLowerInvariant()}";
}
