using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using Cartulary.Load.Workload;

namespace Cartulary.Load.Measuring;

/// <summary>Notes when each edition of a description was first heard of in a stream of bytes.</summary>
internal sealed class HeardEditions
{
    private static readonly byte[] Mark = Bulk.Mark.Select(letter => (byte)letter).ToArray();
    private readonly ConcurrentDictionary<long, long> _heard = new();
    private byte[] _rest = [];

    /// <summary>When an edition was heard of.</summary>
    public long this[long edition] => _heard[edition];

    /// <summary>Whether an edition was heard of.</summary>
    public bool Has(long edition) => _heard.ContainsKey(edition);

    /// <summary>Takes the next bytes in; a number may be cut between two calls.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        var now = Stopwatch.GetTimestamp();
        byte[] all = [.. _rest, .. bytes];
        var from = 0;
        while (all.AsSpan(from).IndexOf(Mark) is >= 0 and var at && from + at + Mark.Length + Bulk.Digits <= all.Length)
        {
            from += at + Mark.Length;
            if (Utf8Parser.TryParse(all.AsSpan(from, Bulk.Digits), out long edition, out _))
            {
                _heard.TryAdd(edition, now);
            }
        }

        _rest = all[Math.Max(from, all.Length - Mark.Length - Bulk.Digits)..];
    }
}
