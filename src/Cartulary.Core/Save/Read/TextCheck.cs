using System.Buffers;
using System.Globalization;
using System.Text;

namespace Cartulary.Core.Save.Read;

/// <summary>Looks for texts that JSON can spell and Unicode cannot hold.</summary>
internal static class TextCheck
{
    /// <summary>
    /// Where an escape stands that is half of a surrogate pair without its other half; -1 when there is none. A body that
    /// passes has texts only that can be read.
    /// </summary>
    public static int FindHalfPair(ReadOnlySpan<byte> json)
    {
        for (var at = NextEscape(json, 0); at >= 0; at = NextEscape(json, at))
        {
            var unit = UnitAt(json, at);
            if (char.IsHighSurrogate(unit) && char.IsLowSurrogate(UnitAt(json, at + 6)))
            {
                at += 12;
            }
            else if (char.IsSurrogate(unit))
            {
                return at;
            }
            else
            {
                at += 2;
            }
        }

        return -1;
    }

    /// <summary>Where bytes stand that are no character; the length when there are none.</summary>
    public static int FindBrokenUtf8(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (at < utf8.Length && Rune.DecodeFromUtf8(utf8[at..], out _, out var count) == OperationStatus.Done)
        {
            at += count;
        }

        return at;
    }

    private static int NextEscape(ReadOnlySpan<byte> json, int from)
    {
        var found = from >= json.Length ? -1 : json[from..].IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The code unit that an escape at a place spells; zero when there is no such escape.</summary>
    private static char UnitAt(ReadOnlySpan<byte> json, int at) =>
        at + 6 <= json.Length
        && json[at..].StartsWith("\\u"u8)
        && ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : '\0';
}
