using System.Globalization;

namespace Cartulary.Cli.Receiving;

/// <summary>
/// What has come so far, counted, and what a receiver that is right must remember: which messages it has had, and which version of each
/// asset. Bounded: of very many, the oldest are forgotten.
/// </summary>
internal sealed class Tally
{
    private const int Most = 100_000;
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];
    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);

    /// <summary>How many requests came.</summary>
    public long Messages { get; private set; }

    /// <summary>How many different events were taken.</summary>
    public long Events { get; private set; }

    /// <summary>How many were taken that had been taken before.</summary>
    public long Repeats { get; private set; }

    /// <summary>How many told of an older version than had been told of that asset.</summary>
    public long Old { get; private set; }

    /// <summary>How many were refused because of their signature.</summary>
    public long Refused { get; private set; }

    /// <summary>How many were failed on purpose.</summary>
    public long Failed { get; private set; }

    /// <summary>Counts a request; gives its place, from 1.</summary>
    public long Count() => ++Messages;

    /// <summary>Counts one that was refused.</summary>
    public void CountRefused() => Refused++;

    /// <summary>Counts one that was failed on purpose.</summary>
    public void CountFailed() => Failed++;

    /// <summary>Takes an event in: whether it had been taken before, and whether a newer version of its asset has.</summary>
    public (bool IsRepeat, bool IsOld) Take(string id, string asset, long version)
    {
        if (id.Length > 0 && !_ids.Add(id))
        {
            Repeats++;
            return (true, false);
        }

        Events++;
        Remember(id);
        var isOld = _versions.TryGetValue(asset, out var known) && known > version;
        if (isOld)
        {
            Old++;
        }
        else if (_versions.Count < Most || _versions.ContainsKey(asset))
        {
            _versions[asset] = version;
        }

        return (false, isOld);
    }

    /// <summary>All of it in one sentence.</summary>
    public string Sum()
    {
        List<string> parts = [Counted(Events, "event", "events")];
        Add(parts, Repeats, "repeat", "repeats");
        Add(parts, Old, "out of order", "out of order");
        Add(parts, Failed, "failed on purpose", "failed on purpose");
        Add(parts, Refused, "refused", "refused");
        return $"{Counted(Messages, "message", "messages")}: {string.Join(", ", parts)}";
    }

    private void Remember(string id)
    {
        _order.Enqueue(id);
        if (_order.Count > Most)
        {
            _ids.Remove(_order.Dequeue());
        }
    }

    private static void Add(List<string> parts, long count, string one, string many)
    {
        if (count > 0)
        {
            parts.Add(Counted(count, one, many));
        }
    }

    private static string Counted(long count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
