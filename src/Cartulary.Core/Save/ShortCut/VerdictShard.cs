namespace Cartulary.Core.Save.ShortCut;

/// <summary>
/// A part of the verdicts: an open table that doubles until it has its full size and then lets a new verdict take the place
/// of a random one near it. Verdicts are asked for in the order of a crawl, again and again: the oldest one first would lose
/// all of them, were there more than fit.
/// </summary>
internal sealed class VerdictShard(int capacity)
{
    private const int Window = 8;
    private const int FirstSize = 64;
    private readonly Lock _lock = new();
    private Slot[] _slots = new Slot[Math.Min(FirstSize, capacity)];

    public bool TryFind(Fingerprint key, out Verdict verdict)
    {
        lock (_lock)
        {
            var place = PlaceOf(_slots, key);
            verdict = place < 0 ? default : _slots[place].Verdict;
            return place >= 0;
        }
    }

    public void Put(Fingerprint key, in Verdict verdict)
    {
        lock (_lock)
        {
            var place = PlaceOf(_slots, key);
            while (place < 0 && (place = FreePlace(_slots, key)) < 0 && _slots.Length < capacity)
            {
                Grow();
            }

            _slots[place >= 0 ? place : Nth(_slots, key, (int)(key.Low >> 32) & (Window - 1))] = new Slot(key, verdict);
        }
    }

    private void Grow()
    {
        var larger = new Slot[Math.Min(_slots.Length * 2, capacity)];
        foreach (var slot in _slots)
        {
            if (slot.IsUsed && FreePlace(larger, slot.Key) is >= 0 and var place)
            {
                larger[place] = slot;
            }
        }

        _slots = larger;
    }

    private static int PlaceOf(Slot[] slots, Fingerprint key)
    {
        for (var i = 0; i < Window; i++)
        {
            var place = Nth(slots, key, i);
            if (slots[place].Key == key && slots[place].IsUsed)
            {
                return place;
            }
        }

        return -1;
    }

    private static int FreePlace(Slot[] slots, Fingerprint key)
    {
        for (var i = 0; i < Window; i++)
        {
            var place = Nth(slots, key, i);
            if (!slots[place].IsUsed)
            {
                return place;
            }
        }

        return -1;
    }

    private static int Nth(Slot[] slots, Fingerprint key, int offset) => (int)((key.High + (ulong)offset) & (uint)(slots.Length - 1));

    private readonly struct Slot(Fingerprint key, Verdict verdict)
    {
        public readonly Fingerprint Key = key;
        public readonly Verdict Verdict = verdict;

        public bool IsUsed => !Verdict.IsNone;
    }
}
