namespace Cartulary.Delivery.Dispatch;

/// <summary>The lanes that may send, in the order in which they came, and those that must wait, by the time of their first event.</summary>
internal sealed class ReadyLanes
{
    private readonly PriorityQueue<Lane, (long Due, long Turn)> _lanes = new();
    private readonly HashSet<Lane> _listed = [];
    private readonly Queue<Guid> _probed = [];
    private long _turn;

    /// <summary>When the first lane may send; the smallest time for at once, null when there is none.</summary>
    public long? NextDue => _lanes.TryPeek(out _, out var first) ? first.Due : null;

    /// <summary>Adds a lane whose first event may have changed.</summary>
    public void Add(Lane lane)
    {
        if (!lane.IsBusy && !lane.IsEmpty && _listed.Add(lane))
        {
            _lanes.Enqueue(lane, (lane.Due ?? long.MinValue, _turn++));
        }
    }

    /// <summary>Takes the first lane whose event is due.</summary>
    public Lane? Take(long now)
    {
        if (!_lanes.TryPeek(out var lane, out var first) || first.Due > now)
        {
            return null;
        }

        _lanes.Dequeue();
        _listed.Remove(lane);
        return lane;
    }

    /// <summary>
    /// A lane to probe with, each in turn, whatever is due, so that one event that can never be delivered does not hide that
    /// the endpoint lives; parked ones only when no other waits.
    /// </summary>
    public Lane? Rotate(IReadOnlyCollection<Lane> lanes)
    {
        var idle = lanes.Where(lane => lane is { IsBusy: false, IsEmpty: false }).ToList();
        var candidates = idle.Exists(lane => lane.Waiting.Count > 0) ? idle.FindAll(lane => lane.Waiting.Count > 0) : idle;
        if (candidates.Count == 0)
        {
            return null;
        }

        var known = _probed.ToHashSet();
        var chosen = candidates.Find(lane => !known.Contains(lane.Asset));
        while (chosen is null)
        {
            var oldest = _probed.Dequeue();
            chosen = candidates.Find(lane => lane.Asset == oldest);
        }

        _probed.Enqueue(chosen.Asset);
        Remove(chosen);
        return chosen;
    }

    /// <summary>Begins anew with these lanes.</summary>
    public void Reset(IEnumerable<Lane> lanes)
    {
        _lanes.Clear();
        _listed.Clear();
        _probed.Clear();
        foreach (var lane in lanes)
        {
            Add(lane);
        }
    }

    private void Remove(Lane lane)
    {
        if (_listed.Remove(lane))
        {
            _lanes.Remove(lane, out _, out _);
        }
    }
}
