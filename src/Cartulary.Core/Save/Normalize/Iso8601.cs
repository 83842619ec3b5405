using System.Globalization;

namespace Cartulary.Core.Save.Normalize;

/// <summary>Reads ISO 8601 dates and times; without an offset they are UTC.</summary>
internal static class Iso8601
{
    private const int FractionDigits = 7;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmzzz",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
        "yyyy-MM-dd'T'HH:mmzz",
        "yyyy-MM-dd'T'HH:mm:sszz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzz",
    ];

    /// <summary>Epoch milliseconds; smaller parts of a second are cut off.</summary>
    public static bool TryParse(string text, out long epochMilliseconds)
    {
        if (text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && !char.IsAsciiDigit(text.AsSpan(point + 1) is [var next, ..] ? next : ' '))
        {
            epochMilliseconds = 0;
            return false;
        }

        var parsed = DateTimeOffset.TryParseExact(
            Shorten(text),
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment);
        epochMilliseconds = parsed ? moment.ToUnixTimeMilliseconds() : 0;
        return parsed;
    }

    /// <summary>The text of a moment, in UTC.</summary>
    public static string Show(long epochMilliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(epochMilliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Cuts a fraction of a second off after its seventh digit, which is more than counts; clients send nine and more.</summary>
    private static string Shorten(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
        {
            return text;
        }

        var length = text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length - point - 1;
        return length <= FractionDigits ? text : text.Remove(point + 1 + FractionDigits, length - FractionDigits);
    }
}
