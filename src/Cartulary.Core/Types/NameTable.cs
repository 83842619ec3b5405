using System.Collections.Immutable;
using System.Text;

namespace Cartulary.Core.Types;

/// <summary>
/// Finds the one string instance for a name given as UTF-8, without decoding it: reading a request costs no string per key.
/// </summary>
public sealed class NameTable
{
    private readonly Entry[] _slots;
    private readonly int _mask;

    internal NameTable(IEnumerable<string> names)
    {
        var distinct = names.Distinct(StringComparer.Ordinal).ToImmutableArray();
        _slots = new Entry[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, distinct.Length * 3))];
        _mask = _slots.Length - 1;
        foreach (var name in distinct)
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            var slot = Hash(utf8) & _mask;
            while (_slots[slot].Name is not null)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = new Entry(utf8, name);
        }
    }

    /// <summary>The known name equal to the text, or null.</summary>
    public string? Find(ReadOnlySpan<byte> utf8)
    {
        for (var slot = Hash(utf8) & _mask; _slots[slot].Name is { } name; slot = (slot + 1) & _mask)
        {
            if (utf8.SequenceEqual(_slots[slot].Utf8))
            {
                return name;
            }
        }

        return null;
    }

    private static int Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = 2166136261u;
        foreach (var value in utf8)
        {
            hash = (hash ^ value) * 16777619u;
        }

        return (int)(hash ^ (hash >> 15)) & int.MaxValue;
    }

    private readonly record struct Entry(byte[] Utf8, string Name);
}
