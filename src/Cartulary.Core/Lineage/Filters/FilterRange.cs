using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>Ranges of time: two times with a comma between them, or a name that is read at the time of the request, in UTC.</summary>
internal static class FilterRange
{
    private const int Quarter = 3;

    /// <summary>The names, for people.</summary>
    public const string Names =
        "TODAY, YESTERDAY, LAST_7_DAYS, LAST_30_DAYS, THIS_MONTH, LAST_MONTH, THIS_QUARTER, LAST_QUARTER, THIS_YEAR, LAST_YEAR, LAST_3_MONTHS, LAST_6_MONTHS or LAST_12_MONTHS";

    /// <summary>The first and the last moment of a range, epoch milliseconds; null when the text is none.</summary>
    public static (long From, long To)? Parse(string text, DateTimeOffset now)
    {
        if (text.Split(',') is [var from, var to])
        {
            return Moment.TryParseTime(from.Trim(), out var first) && Moment.TryParseTime(to.Trim(), out var last) ? (first, last) : null;
        }

        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var month = today.AddDays(1 - today.Day);
        var quarter = month.AddMonths(-((month.Month - 1) % Quarter));
        var year = month.AddMonths(1 - month.Month);
        return text.ToUpperInvariant() switch
        {
            "TODAY" => Days(today, today.AddDays(1)),
            "YESTERDAY" => Days(today.AddDays(-1), today),
            "LAST_7_DAYS" => Days(today.AddDays(-6), today.AddDays(1)),
            "LAST_30_DAYS" => Days(today.AddDays(-29), today.AddDays(1)),
            "THIS_MONTH" => Days(month, month.AddMonths(1)),
            "LAST_MONTH" => Days(month.AddMonths(-1), month),
            "THIS_QUARTER" => Days(quarter, quarter.AddMonths(Quarter)),
            "LAST_QUARTER" => Days(quarter.AddMonths(-Quarter), quarter),
            "THIS_YEAR" => Days(year, year.AddYears(1)),
            "LAST_YEAR" => Days(year.AddYears(-1), year),
            "LAST_3_MONTHS" => Days(today.AddMonths(-3), today.AddDays(1)),
            "LAST_6_MONTHS" => Days(today.AddMonths(-6), today.AddDays(1)),
            "LAST_12_MONTHS" => Days(today.AddMonths(-12), today.AddDays(1)),
            _ => null,
        };
    }

    private static (long From, long To) Days(DateTimeOffset from, DateTimeOffset before) =>
        (from.ToUnixTimeMilliseconds(), before.ToUnixTimeMilliseconds() - 1);
}
