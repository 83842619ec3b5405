using System.Globalization;

namespace Cartulary.Core.Save.Normalize;

/// <summary>Reads ISO 8601 dates and times; without an offset they are UTC.</summary>
internal static class Iso8601
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mm:sszzz",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>Epoch milliseconds; smaller parts of a second are cut off.</summary>
    public static bool TryParse(string text, out long epochMilliseconds)
    {
        var parsed = DateTimeOffset.TryParseExact(
            text,
            Formats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment);
        epochMilliseconds = parsed ? moment.ToUnixTimeMilliseconds() : 0;
        return parsed;
    }
}
