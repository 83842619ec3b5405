using System.Buffers;
using System.Buffers.Binary;

namespace Cartulary.Core.Save.Derive.Rules;

/// <summary>
/// The place of an asset among its siblings, as text that sorts: <c>0|</c>, six digits or small letters, a colon, and up to
/// 247 more of them.
/// </summary>
internal static class SortRank
{
    /// <summary>The attribute that holds it.</summary>
    public const string Attribute = "lexicographicalSortOrder";

    private const int HeadLength = 6;
    private const int LongestTail = 247;
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> AllDigits = SearchValues.Create(Digits);

    /// <summary>Whether a text is a place.</summary>
    public static bool IsValid(string text) =>
        text.Length is >= 3 + HeadLength and <= 3 + HeadLength + LongestTail
        && text.StartsWith("0|", StringComparison.Ordinal)
        && text[2 + HeadLength] == ':'
        && text.AsSpan(2, HeadLength).IndexOfAnyExcept(AllDigits) < 0
        && text.AsSpan(3 + HeadLength).IndexOfAnyExcept(AllDigits) < 0;

    /// <summary>
    /// A place that no other asset has, after those of assets that were made before. It needs no look at the siblings, so that
    /// many can be made at once under one owner.
    /// </summary>
    public static string Of(Guid guid)
    {
        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        var number = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        var milliseconds = (ulong)(number >> 80);
        return $"0|{Text(milliseconds / 1000, HeadLength)}:{Text(milliseconds % 1000, 2)}{Text(number & ((UInt128.One << 80) - 1), 16)}";
    }

    private static string Text(UInt128 number, int length) => string.Create(length, number, static (span, rest) =>
    {
        for (var at = span.Length - 1; at >= 0; at--)
        {
            span[at] = Digits[(int)(rest % 36)];
            rest /= 36;
        }
    });
}
