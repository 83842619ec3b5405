using Cartulary.Core.Ports.Delivery;

namespace Cartulary.Delivery.Dispatch;

/// <summary>What of a schedule is not stored yet.</summary>
internal sealed class UnsavedChanges
{
    // Null for an event that is parked no more.
    private readonly Dictionary<long, ParkedEvent?> _parked = [];
    private readonly List<DeadLetter> _deadLetters = [];
    private bool _hasMoved;

    /// <summary>How many events were settled.</summary>
    public int Settled { get; private set; }

    /// <summary>Whether there is anything.</summary>
    public bool Any => _hasMoved;

    public void Move() => _hasMoved = true;

    public void CountSettled()
    {
        _hasMoved = true;
        Settled++;
    }

    public void Park(ParkedEvent parked)
    {
        _hasMoved = true;
        _parked[parked.Sequence] = parked;
    }

    public void Unpark(long sequence)
    {
        CountSettled();
        _parked[sequence] = null;
    }

    public void Bury(DeadLetter letter)
    {
        _hasMoved = true;
        _deadLetters.Add(letter);
    }

    public ScheduleChanges Take(long position, EndpointCondition condition)
    {
        var changes = new ScheduleChanges(
            position,
            condition,
            [.. _parked.Values.OfType<ParkedEvent>().OrderBy(parked => parked.Sequence)],
            [.. _parked.Where(pair => pair.Value is null).Select(pair => pair.Key).Order()],
            [.. _deadLetters],
            Settled);
        _parked.Clear();
        _deadLetters.Clear();
        _hasMoved = false;
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
        Settled += changes.Settled;
        _hasMoved = true;
    }
}
