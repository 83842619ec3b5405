namespace Cartulary.Delivery.Dispatch;

/// <summary>
/// Shares the places of messages under way among subscriptions. No one may hold more than its part of half of them, so that there is
/// always room for newcomers; those whose receivers are slow or fail get one each, and half of all together, so that thousands of dead
/// receivers do not slow a healthy one.
/// </summary>
/// <param name="count">How many places there are.</param>
internal sealed class SendSlots(int count)
{
    private int _inUse;
    private int _inUseBySuspects;

    /// <summary>How many places are free.</summary>
    public int Free => count - _inUse;

    /// <summary>How many subscriptions have something under way.</summary>
    public int Active { get; private set; }

    /// <summary>Takes a place, if the subscription may have one more.</summary>
    /// <param name="held">How many it holds.</param>
    /// <param name="isSuspect">Whether its receiver is slow or fails.</param>
    /// <param name="wished">How many it wants at most.</param>
    public bool TryTake(int held, bool isSuspect, int wished)
    {
        if (_inUse >= count || (isSuspect && (held >= 1 || _inUseBySuspects >= count / 2)))
        {
            return false;
        }

        var active = Active + (held == 0 ? 1 : 0);
        if (held >= Math.Clamp(count / 2 / active, 1, wished))
        {
            return false;
        }

        Active = active;
        _inUse++;
        _inUseBySuspects += isSuspect ? 1 : 0;
        return true;
    }

    /// <summary>Gives a place back.</summary>
    /// <param name="left">How many the subscription still holds.</param>
    /// <param name="wasSuspect">What it counted as when it took the place.</param>
    public void Release(int left, bool wasSuspect)
    {
        _inUse--;
        _inUseBySuspects -= wasSuspect ? 1 : 0;
        Active -= left == 0 ? 1 : 0;
    }
}
