using Cartulary.Core.Query.Search;

namespace Cartulary.Search.Aggregating;

/// <summary>Where intervals of time begin, in epoch milliseconds.</summary>
/// <param name="interval">The interval.</param>
internal sealed class TimeSteps(SearchInterval interval)
{
    private static readonly long First = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long Last = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Where the interval that holds a time begins.</summary>
    public long Start(long time)
    {
        if (interval.Calendar is null)
        {
            return time - (((time % interval.Milliseconds) + interval.Milliseconds) % interval.Milliseconds);
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(time, First, Last)).UtcDateTime;
        var start = interval.Calendar switch
        {
            "minute" => at.Date.AddMinutes(Math.Floor(at.TimeOfDay.TotalMinutes)),
            "hour" => at.Date.AddHours(at.Hour),
            "day" => at.Date,
            "week" => at.Date.Ticks < TimeSpan.TicksPerDay * 7 ? at.Date : at.Date.AddDays(-(((int)at.DayOfWeek + 6) % 7)),
            "month" => new DateTime(at.Year, at.Month, 1, 0, 0, 0, DateTimeKind.Utc),
            "quarter" => new DateTime(at.Year, at.Month - ((at.Month - 1) % 3), 1, 0, 0, 0, DateTimeKind.Utc),
            "year" => new DateTime(at.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            _ => throw new InvalidOperationException($"There is no interval {interval.Calendar}."),
        };
        return new DateTimeOffset(DateTime.SpecifyKind(start, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
    }

    /// <summary>Where the interval after the one that begins at a time begins.</summary>
    public long Next(long start)
    {
        if (interval.Calendar is null)
        {
            return start + interval.Milliseconds;
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(start).UtcDateTime;
        return new DateTimeOffset(interval.Calendar switch
        {
            "minute" => at.AddMinutes(1),
            "hour" => at.AddHours(1),
            "day" => at.AddDays(1),
            "week" => at.AddDays(7),
            "month" => at.AddMonths(1),
            "quarter" => at.AddMonths(3),
            _ => at.AddYears(1),
        }).ToUnixTimeMilliseconds();
    }
}
