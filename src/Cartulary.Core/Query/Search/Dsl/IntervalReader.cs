using System.Globalization;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>Reads the interval of a histogram of times.</summary>
internal static class IntervalReader
{
    private static readonly Dictionary<string, string> Calendar = new(StringComparer.Ordinal)
    {
        ["minute"] = "minute",
        ["1m"] = "minute",
        ["hour"] = "hour",
        ["1h"] = "hour",
        ["day"] = "day",
        ["1d"] = "day",
        ["week"] = "week",
        ["1w"] = "week",
        ["month"] = "month",
        ["1M"] = "month",
        ["quarter"] = "quarter",
        ["1q"] = "quarter",
        ["year"] = "year",
        ["1y"] = "year",
    };

    /// <summary>Takes calendar_interval, fixed_interval or the older interval; null with a problem when it is none of these.</summary>
    public static SearchInterval? Take(DslScope scope, DslObject options)
    {
        var calendar = options.Text("calendar_interval");
        var @fixed = options.Text("fixed_interval");
        var either = options.Text("interval");
        var given = new[] { calendar, @fixed, either }.Count(one => one is not null);
        if (given != 1)
        {
            scope.Refuse(options.Path, "a histogram of times needs either calendar_interval or fixed_interval");
            return null;
        }

        var interval = @fixed is null && Calendar.TryGetValue(calendar ?? either!, out var name) ? new SearchInterval(name, 0)
            : calendar is null && Fixed(@fixed ?? either!) is { } length ? new SearchInterval(null, length)
            : null;
        if (interval is null)
        {
            scope.Refuse(options.Path, $"{calendar ?? @fixed ?? either} is no interval: a calendar_interval is minute to year, a fixed_interval such as 30m or 12h");
        }

        return interval;
    }

    private static long? Fixed(string text)
    {
        var (unit, length) = text switch
        {
            [.., 'm', 's'] => (1L, 2),
            [.., 's'] => (1_000L, 1),
            [.., 'm'] => (60_000L, 1),
            [.., 'h'] => (3_600_000L, 1),
            [.., 'd'] => (86_400_000L, 1),
            _ => (0L, 0),
        };
        return unit > 0 && int.TryParse(text.AsSpan(0, text.Length - length), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count * unit
            : null;
    }
}
