using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Dispatch;

/// <summary>What of a schedule is not stored yet.</summary>
internal sealed class UnsavedChanges
{
    // Null for an event that is parked no more.
    private readonly Dictionary<long, ParkedEvent?> _parked = [];
    private readonly List<DeadLetter> _deadLetters = [];
    private readonly List<DeliveryNotice> _notices = [];

    /// <summary>How many events were settled.</summary>
    public int Settled { get; private set; }

    /// <summary>Whether there is anything.</summary>
    public bool Any { get; private set; }

    /// <summary>Whether there is more than that the position moved.</summary>
    public bool IsUrgent { get; private set; }

    public void Move() => Any = true;

    public void Hurry() => Any = IsUrgent = true;

    public void CountSettled()
    {
        Hurry();
        Settled++;
    }

    public void Park(ParkedEvent parked)
    {
        Hurry();
        _parked[parked.Sequence] = parked;
    }

    public void Unpark(long sequence)
    {
        CountSettled();
        _parked[sequence] = null;
    }

    public void Bury(DeadLetter letter)
    {
        Hurry();
        _deadLetters.Add(letter);
    }

    public void Tell(DeliveryNotice notice)
    {
        Hurry();
        _notices.Add(notice);
    }

    public ScheduleChanges Take(long position, EndpointCondition condition)
    {
        var changes = new ScheduleChanges(
            position,
            condition,
            [.. _parked.Values.OfType<ParkedEvent>().OrderBy(parked => parked.Sequence)],
            [.. _parked.Where(pair => pair.Value is null).Select(pair => pair.Key).Order()],
            [.. _deadLetters],
            [.. _notices],
            Settled);
        _parked.Clear();
        _deadLetters.Clear();
        _notices.Clear();
        Any = IsUrgent = false;
        Settled = 0;
        return changes;
    }

    /// <summary>What has happened since counts more than what is put back.</summary>
    public void PutBack(ScheduleChanges changes)
    {
        foreach (var parked in changes.Parked)
        {
            _parked.TryAdd(parked.Sequence, parked);
        }

        foreach (var sequence in changes.Unparked)
        {
            _parked.TryAdd(sequence, null);
        }

        _deadLetters.InsertRange(0, changes.DeadLetters);
        _notices.InsertRange(0, changes.Notices);
        Settled += changes.Settled;
        Hurry();
    }
}
