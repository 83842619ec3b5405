using System.Collections.Immutable;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Subscriptions;

namespace Cartulary.Delivery.Dispatch;

/// <summary>A subscription that this server serves: its schedule, the events it holds, and what is to be stored of it. Used by the pump alone.</summary>
internal sealed class Runner
{
    private readonly Dictionary<long, FeedEvent> _events = [];
    private readonly List<StoredAttempt> _attempts = [];
    private readonly SteadyClock _clock;
    private long _looked;
    private long? _firstWanted;

    public Runner(
        LoadedSubscription loaded, OpenedSubscription opened, ReadEvents read, CatalogHead head, DeliveryPolicy policy, SteadyClock clock, Func<double> chance)
    {
        _clock = clock;
        Row = loaded.Row;
        Opened = opened;
        Read = read;
        Log = head.LogId;

        var position = loaded.Current.PositionIn(head);
        Schedule = new Schedule(policy, opened.Wanted.MaxInFlight, position, clock.FromShown(loaded.Current.Condition), clock.FromShown(loaded.Parked), chance);
        HasTrimmedPlace = position < head.Oldest - 1;
        _looked = position;
    }

    public SubscriptionRow Row { get; }

    public OpenedSubscription Opened { get; }

    /// <summary>Reads the events that it wants.</summary>
    public ReadEvents Read { get; }

    public Guid Log { get; }

    public Schedule Schedule { get; }

    /// <summary>Whether what follows its place is not in the log any more.</summary>
    public bool HasTrimmedPlace { get; set; }

    /// <summary>Whether an event of it has gone round in circles, so that it is being paused.</summary>
    public bool HasLoop { get; set; }

    /// <summary>Whether nothing new is started, because its shard or its wishes have changed.</summary>
    public bool IsRetiring { get; set; }

    /// <summary>What is to be done when it has ended.</summary>
    public Action? AfterRetiring { get; set; }

    /// <summary>Whether a page of the log is being read for it.</summary>
    public bool IsReading { get; set; }

    /// <summary>Whether it stands in the line of those that may send.</summary>
    public bool IsQueued { get; set; }

    /// <summary>Messages under way, each with when it was sent, in ticks of the clock.</summary>
    public Dictionary<long, UnderWay> Sent { get; } = [];

    /// <summary>Whether its last attempt failed, or none has succeeded yet.</summary>
    public bool IsUnproven { get; private set; } = true;

    /// <summary>Whether there is anything to store.</summary>
    public bool HasChanges => Schedule.HasChanges || _attempts.Count > 0;

    /// <summary>Whether it is to be stored soon: more than that its place moved over events which are not for it.</summary>
    public bool HasNews => Schedule.HasNews || _attempts.Count > 0;

    /// <summary>Whether events are to be read for it.</summary>
    public bool WantsToRead(long head) => !IsReading && !IsRetiring && !HasTrimmedPlace && (IsHalted ? WantsToLook(head) : Schedule.Examined < head);

    /// <summary>Whether it takes in no events for now: it is paused or disabled, or has as many as it may.</summary>
    public bool IsHalted => Opened.Wanted.Paused is not null || !Schedule.WantsMore;

    /// <summary>After which place to read next and how much: events to send or, for one that is halted, the first that waits for it.</summary>
    public (long After, int Limit) NextPage(int events) => IsHalted ? (_looked, 1) : (Schedule.Examined, events);

    /// <summary>Whether it may send.</summary>
    public bool MaySend => !IsRetiring && !HasTrimmedPlace && !HasLoop && Opened.Wanted.Paused is null;

    /// <summary>When the first event that it has not settled was saved, epoch milliseconds; null when none is known.</summary>
    public long? OldestTime => Schedule.WindowCount > 0 ? _events.GetValueOrDefault(Schedule.Position + 1)?.Label.Time : IsHalted ? _firstWanted : null;

    /// <summary>Whether the place has been set back behind an event.</summary>
    public bool IsReplayed(long sequence) => Row.Generation > 1 && sequence <= Opened.Wanted.ReplayedUpTo;

    /// <summary>Takes in a page of the log.</summary>
    public void Take(FeedPage page)
    {
        foreach (var read in page.Events)
        {
            _events[read.Sequence] = read;
            Schedule.Offer(new PendingEvent(read.Sequence, read.Label.Asset, read.Envelope.Length));
        }

        Schedule.PassOver(page.Next);
        HasTrimmedPlace |= page.IsTrimmed;
    }

    /// <summary>Takes in what waits for it, without sending it: its place stays.</summary>
    public void Look(FeedPage page)
    {
        _firstWanted = page.Events is [var first, ..] ? first.Label.Time : null;
        _looked = page.Next;
        HasTrimmedPlace |= page.IsTrimmed;
    }

    /// <summary>The event of an attempt; null when it must be read from the log.</summary>
    public FeedEvent? EventOf(Attempt attempt) => _events.GetValueOrDefault(attempt.Sequence);

    /// <summary>Takes in how an attempt ended.</summary>
    public void Complete(Attempt attempt, AttemptResult result, StoredAttempt stored, long now)
    {
        Schedule.Complete(attempt, result, now);
        IsUnproven = !result.IsDelivered;
        _attempts.Add(stored);
        if (result.IsDelivered || Schedule.Position >= attempt.Sequence || attempt.IsParked)
        {
            _events.Remove(attempt.Sequence);
        }

        if (Schedule.WindowCount == 0)
        {
            _events.Clear();
        }
    }

    private bool WantsToLook(long head)
    {
        if (_looked < Schedule.Position)
        {
            (_looked, _firstWanted) = (Schedule.Position, null);
        }

        return Schedule.WindowCount == 0 && _firstWanted is null && _looked < head;
    }

    /// <summary>What is to be stored, with how to take it back.</summary>
    public (DeliveryCheckpoint Checkpoint, ScheduleChanges Changes) TakeCheckpoint(DispatchLimits limits)
    {
        var changes = Schedule.TakeChanges();
        var checkpoint = new DeliveryCheckpoint(
            Row.Id,
            new DeliveryState(Row.Generation, Log, changes.Position, _clock.ToShown(changes.Condition)),
            _clock.ToShown(changes.Parked),
            changes.Unparked,
            _clock.ToShown(changes.DeadLetters),
            NewestAttempts(limits),
            _clock.ToShown([.. changes.Notices, .. NoticeOf(changes.DeadLetters)]));
        _attempts.Clear();
        return (checkpoint, changes);
    }

    /// <summary>Looks whether something is to be told of it.</summary>
    public void Watch(CatalogHead head, long now)
    {
        HasTrimmedPlace |= IsHalted && Schedule.Position < head.Oldest - 1;
        if (HasTrimmedPlace)
        {
            Schedule.TellExpired(now);
        }
        else if (MaySend)
        {
            Schedule.Tell(now);
        }
    }

    /// <summary>Takes back what could not be stored.</summary>
    public void PutBack(DeliveryCheckpoint checkpoint, ScheduleChanges changes)
    {
        Schedule.PutBack(changes);
        _attempts.InsertRange(0, checkpoint.Attempts);
    }

    /// <summary>No more of the attempts than are kept.</summary>
    private ImmutableArray<StoredAttempt> NewestAttempts(DispatchLimits limits)
    {
        var (successes, failures) = (limits.SuccessesMax, limits.FailuresMax);
        return [.. _attempts.AsEnumerable().Reverse().Where(attempt => (attempt.IsDelivered ? successes-- : failures--) > 0).Reverse()];
    }

    /// <summary>One notice for all events that were given up at a time.</summary>
    private static IEnumerable<DeliveryNotice> NoticeOf(ImmutableArray<DeadLetter> letters) => letters is not [var first, ..]
        ? []
        : [new DeliveryNotice(NoticeKind.DeadLetter, first.Time) { Sequence = letters.Min(letter => letter.Sequence), Count = letters.Length, Reason = first.Reason }];
}
