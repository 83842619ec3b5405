using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Cartulary.Core.Save.Read;

/// <summary>Looks for texts that JSON can spell and Unicode cannot hold.</summary>
public static class TextCheck
{
    /// <summary>Why the texts of a body cannot be read, or null when they can.</summary>
    public static string? WhyUnreadable(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return "the body is not valid UTF-8";
        }

        return FindHalfPair(json) is >= 0 and var half ? $"a text of the body holds half of a surrogate pair, at byte {half}" : null;
    }

    /// <summary>
    /// Where an escape stands that is half of a surrogate pair without its other half; -1 when there is none. A body that
    /// passes has texts only that can be read.
    /// </summary>
    internal static int FindHalfPair(ReadOnlySpan<byte> json)
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

    /// <summary>Where in a body that <see cref="WhyUnreadable"/> speaks of the first fault stands.</summary>
    internal static int FindUnreadable(ReadOnlySpan<byte> json) => Utf8.IsValid(json) ? FindHalfPair(json) : FindBrokenUtf8(json);

    private static int FindBrokenUtf8(ReadOnlySpan<byte> utf8)
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
