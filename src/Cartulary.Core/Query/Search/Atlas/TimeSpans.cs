using Cartulary.Core.Query.Search.Dsl;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>Spans of time by name, in UTC: from a moment on, and before another.</summary>
internal static class TimeSpans
{
    private static readonly Dictionary<string, (string From, string To)> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TODAY"] = ("now/d", "now+1d/d"),
        ["YESTERDAY"] = ("now-1d/d", "now/d"),
        ["LAST_7_DAYS"] = ("now-6d/d", "now+1d/d"),
        ["LAST_30_DAYS"] = ("now-29d/d", "now+1d/d"),
        ["THIS_MONTH"] = ("now/M", "now+1M/M"),
        ["LAST_MONTH"] = ("now-1M/M", "now/M"),
        ["LAST_3_MONTHS"] = ("now-3M/M", "now/M"),
        ["LAST_6_MONTHS"] = ("now-6M/M", "now/M"),
        ["LAST_12_MONTHS"] = ("now-12M/M", "now/M"),
        ["THIS_YEAR"] = ("now/y", "now+1y/y"),
        ["LAST_YEAR"] = ("now-1y/y", "now/y"),
    };

    /// <summary>The first moment of a span and the one before which it ends, epoch milliseconds; null when the text names none.</summary>
    public static (long From, long To)? Find(string text, long now)
    {
        if (Named.TryGetValue(text.Trim(), out var span))
        {
            return (Moment(span.From, now), Moment(span.To, now));
        }

        var ends = text.Split(',', StringSplitOptions.TrimEntries);
        return ends.Length == 2 && DateText.TryParse(ends[0], now, TimeSpan.Zero, last: false, out var from) && DateText.TryParse(ends[1], now, TimeSpan.Zero, last: true, out var to)
            ? (from, to + 1)
            : null;
    }

    private static long Moment(string text, long now) =>
        DateText.TryParse(text, now, TimeSpan.Zero, last: false, out var moment) ? moment : now;
}
