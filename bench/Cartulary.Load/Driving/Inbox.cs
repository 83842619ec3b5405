using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Driving;

/// <summary>What one webhook has been sent: which events, how often, and when. Times are in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
/// <param name="url">Where its messages go.</param>
/// <param name="answers">Whether they are answered.</param>
internal sealed class Inbox(string url, bool answers)
{
    private static readonly byte[] Mark = Bulk.Mark.Select(static letter => (byte)letter).ToArray();
    private readonly Lock _turn = new();
    private readonly HashSet<long> _sequences = [];
    private readonly Dictionary<long, long> _editions = [];
    private long _first;
    private long _last;
    private int _repeats;

    /// <summary>Where its messages go.</summary>
    public string Url => url;

    /// <summary>Whether they are answered.</summary>
    public bool Answers => answers;

    /// <summary>How many events have come, those that came again left out.</summary>
    public int Events => Locked(() => _sequences.Count);

    /// <summary>How many messages brought an event that had come already.</summary>
    public int Repeats => Locked(() => _repeats);

    /// <summary>When the first message came.</summary>
    public long First => Locked(() => _first);

    /// <summary>When the last message came.</summary>
    public long Last => Locked(() => _last);

    /// <summary>When the event came that tells of this edition of a description.</summary>
    public long this[long edition] => Locked(() => _editions[edition]);

    /// <summary>Whether that event has come.</summary>
    public bool Has(long edition) => Locked(() => _editions.ContainsKey(edition));

    /// <summary>Takes a message.</summary>
    /// <param name="id">Names the event; ends with its sequence.</param>
    /// <param name="body">The body.</param>
    /// <param name="now">When it was there.</param>
    public void Take(string id, ReadOnlySequence<byte> body, long now)
    {
        var sequence = long.Parse(id.AsSpan(id.LastIndexOf('_') + 1), CultureInfo.InvariantCulture);
        var edition = EditionIn(body.IsSingleSegment ? body.FirstSpan : body.ToArray());
        lock (_turn)
        {
            _first = _first == 0 ? now : _first;
            _last = now;
            _repeats += _sequences.Add(sequence) ? 0 : 1;
            if (edition is { } told)
            {
                _editions.TryAdd(told, now);
            }
        }
    }

    /// <summary>The edition of the asset as it is now, which an envelope tells before what it was before.</summary>
    private static long? EditionIn(ReadOnlySpan<byte> body) =>
        body.IndexOf(Mark) is >= 0 and var at && Utf8Parser.TryParse(body.Slice(at + Mark.Length, Bulk.Digits), out long edition, out _) ? edition : null;

    private T Locked<T>(Func<T> read)
    {
        lock (_turn)
        {
            return read();
        }
    }
}
