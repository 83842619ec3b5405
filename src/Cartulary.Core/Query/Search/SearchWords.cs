using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// The words of a text: runs of letters and digits in lower case. Digits that follow a letter begin a new word, and each
/// ideograph is a word of its own, so that people find <c>customer_orders2024</c> by any of its three parts. Stored texts and
/// the texts of queries are taken apart in the same way.
/// </summary>
public static class SearchWords
{
    /// <summary>How much of a text is looked at, in UTF-16 code units.</summary>
    public const int LongestText = 100_000;

    /// <summary>Where a longer word is cut, in UTF-16 code units.</summary>
    public const int LongestWord = 255;

    /// <summary>Where a longer word is cut that is taken as it is written, in UTF-16 code units.</summary>
    private const int LongestVerbatim = 8_191;

    /// <summary>How the names of fields end whose words are reduced to their English stems.</summary>
    internal const string StemmedSuffix = ".stemmed";

    /// <summary>The words of a text for a field, in order.</summary>
    public static ImmutableArray<string> Of(SearchField field, string text)
    {
        var way = WayOf(field);
        if (way == WordWay.Verbatim)
        {
            return [.. text[..Math.Min(text.Length, LongestText)].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word[..Math.Min(word.Length, LongestVerbatim)])];
        }

        var words = Split(text);
        return way == WordWay.Stemmed ? [.. words.Select(EnglishStem.Of)] : [.. words];
    }

    /// <summary>How a field takes its texts apart.</summary>
    internal static WordWay WayOf(SearchField field) => field == SystemFields.TagsVerbatim ? WordWay.Verbatim
        : field.Name.EndsWith(StemmedSuffix, StringComparison.Ordinal) ? WordWay.Stemmed
        : WordWay.Plain;

    /// <summary>A whole text as fields in lower case hold it.</summary>
    public static string Fold(string text) => text.ToLowerInvariant();

    private static List<string> Split(string text)
    {
        var words = new List<string>();
        var (start, end) = (-1, Math.Min(text.Length, LongestText));
        var afterLetter = false;
        for (var i = 0; i < end;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(i, end - i), out var rune, out var length);
            var kind = KindOf(rune);
            if (start >= 0 && (kind is Kind.Other or Kind.Ideograph || (kind == Kind.Digit && afterLetter) || i + length - start > LongestWord))
            {
                words.Add(Fold(text[start..i]));
                start = -1;
            }

            if (kind == Kind.Ideograph)
            {
                words.Add(text.Substring(i, length));
            }
            else if (kind != Kind.Other && start < 0)
            {
                start = i;
            }

            afterLetter = kind == Kind.Letter;
            i += length;
        }

        if (start >= 0)
        {
            words.Add(Fold(text[start..end]));
        }

        return words;
    }

    private static Kind KindOf(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetter((char)rune.Value) ? Kind.Letter : char.IsAsciiDigit((char)rune.Value) ? Kind.Digit : Kind.Other;
        }

        return IsIdeograph(rune.Value) ? Kind.Ideograph : Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
    }

    /// <summary>Han and Hiragana, which are written without spaces.</summary>
    private static bool IsIdeograph(int value) => value is (>= 0x2E80 and <= 0x2FDF) or 0x3005 or 0x3007 or (>= 0x3041 and <= 0x309F)
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFD);

    private enum Kind
    {
        Other,
        Letter,
        Digit,
        Ideograph,
    }
}

/// <summary>A way to take a text apart into words.</summary>
internal enum WordWay
{
    /// <summary>Runs of letters and digits in lower case.</summary>
    Plain,

    /// <summary>The same, reduced to their English stems.</summary>
    Stemmed,

    /// <summary>What stands between spaces, as it is written.</summary>
    Verbatim,
}
