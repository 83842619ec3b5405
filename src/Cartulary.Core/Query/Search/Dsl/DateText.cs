using System.Globalization;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>
/// Reads times as searches write them: epoch milliseconds, ISO 8601 of any precision, and date math such as
/// <c>now-7d/d</c> or <c>2026-01-01||+1M</c> (Elasticsearch reference, "Date math").
/// </summary>
public static class DateText
{
    private static readonly (string Format, char Unit)[] Formats =
    [
        ("yyyy", 'y'),
        ("yyyy-MM", 'M'),
        ("yyyy-MM-dd", 'd'),
        ("yyyy-MM-dd'T'HH", 'h'),
        ("yyyy-MM-dd'T'HH:mm", 'm'),
        ("yyyy-MM-dd'T'HH:mm:ss", 's'),
        ("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", 'S'),
    ];

    private static readonly DateTime Epoch = DateTime.UnixEpoch;

    /// <summary>Reads a time. Where the text leaves parts open, or rounds, it is the first millisecond or, with <paramref name="last"/>, the last one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="now">What <c>now</c> means, epoch milliseconds.</param>
    /// <param name="offset">The offset from UTC of texts that name none.</param>
    /// <param name="last">Whether the last millisecond is meant.</param>
    /// <param name="milliseconds">Epoch milliseconds.</param>
    public static bool TryParse(string text, long now, TimeSpan offset, bool last, out long milliseconds)
    {
        milliseconds = 0;
        try
        {
            var (start, math) = Split(text);
            if (start is null)
            {
                milliseconds = now;
                return TryMath(math, offset, last, ref milliseconds);
            }

            // With four digits it is a year, as in the first of the formats that Atlan's index reads.
            if (start.Length != 4 && long.TryParse(start, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out milliseconds))
            {
                return TryMath(math, offset, last, ref milliseconds);
            }

            return TryIso(start, offset, last && math.Length == 0, out milliseconds) && TryMath(math, offset, last, ref milliseconds);
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond the calendar.
            return false;
        }
    }

    /// <summary>An offset such as <c>Z</c>, <c>UTC</c> or <c>+01:00</c>.</summary>
    public static bool TryOffset(string text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "UTC" or "GMT" or "Etc/UTC")
        {
            return true;
        }

        var digits = text.Length > 1 ? text[1..].Replace(":", "", StringComparison.Ordinal) : "";
        if (text is not ['+' or '-', ..] || digits.Length is not (2 or 4) || !digits.All(char.IsAsciiDigit))
        {
            return false;
        }

        var minutes = (int.Parse(digits[..2], CultureInfo.InvariantCulture) * 60) + (digits.Length == 4 ? int.Parse(digits[2..], CultureInfo.InvariantCulture) : 0);
        offset = TimeSpan.FromMinutes(text[0] == '-' ? -minutes : minutes);
        return minutes <= 18 * 60;
    }

    /// <summary>The text of a time, in UTC.</summary>
    public static string Show(long milliseconds) =>
        Epoch.AddMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static (string? Start, string Math) Split(string text)
    {
        if (text.StartsWith("now", StringComparison.Ordinal))
        {
            return (null, text[3..]);
        }

        var bars = text.IndexOf("||", StringComparison.Ordinal);
        return bars < 0 ? (text, "") : (text[..bars], text[(bars + 2)..]);
    }

    private static bool TryIso(string text, TimeSpan offset, bool last, out long milliseconds)
    {
        milliseconds = 0;
        var time = text.IndexOf('T', StringComparison.Ordinal);
        var zone = time < 0 ? -1 : text.AsSpan(time).IndexOfAny('Z', '+', '-');
        if (zone >= 0)
        {
            if (!TryOffset(text[(time + zone)..], out offset))
            {
                return false;
            }

            text = text[..(time + zone)];
        }

        foreach (var (format, unit) in Formats)
        {
            if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
            {
                var local = ToMilliseconds(moment);
                milliseconds = (last ? Add(local, unit, 1) - (unit == 'S' ? 0 : 1) : local) - (long)offset.TotalMilliseconds;
                return true;
            }
        }

        return false;
    }

    private static bool TryMath(string math, TimeSpan offset, bool last, ref long milliseconds)
    {
        var shift = (long)offset.TotalMilliseconds;
        var at = 0;
        while (at < math.Length)
        {
            var sign = math[at++];
            if (sign is not ('+' or '-' or '/'))
            {
                return false;
            }

            var digits = at;
            while (at < math.Length && char.IsAsciiDigit(math[at]))
            {
                at++;
            }

            var count = 1;
            if (at == math.Length || (at > digits && (sign == '/' || !int.TryParse(math.AsSpan(digits, at - digits), CultureInfo.InvariantCulture, out count))))
            {
                return false;
            }

            var unit = math[at++] == 'H' ? 'h' : math[at - 1];
            if (unit is not ('y' or 'M' or 'w' or 'd' or 'h' or 'm' or 's'))
            {
                return false;
            }

            var local = milliseconds + shift;
            local = sign switch
            {
                '+' => Add(local, unit, count),
                '-' => Add(local, unit, -count),
                _ when last => Add(Floor(local, unit), unit, 1) - 1,
                _ => Floor(local, unit),
            };
            milliseconds = local - shift;
        }

        return true;
    }

    private static long Add(long milliseconds, char unit, int count)
    {
        var moment = ToDate(milliseconds);
        return ToMilliseconds(unit switch
        {
            'y' => moment.AddYears(count),
            'M' => moment.AddMonths(count),
            'w' => moment.AddDays(7.0 * count),
            'd' => moment.AddDays(count),
            'h' => moment.AddHours(count),
            'm' => moment.AddMinutes(count),
            's' => moment.AddSeconds(count),
            _ => moment,
        });
    }

    private static long Floor(long milliseconds, char unit)
    {
        var moment = ToDate(milliseconds);
        var day = moment.Date;
        return ToMilliseconds(unit switch
        {
            'y' => new DateTime(day.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc),
            'M' => new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc),
            'w' => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            'd' => day,
            'h' => day.AddHours(moment.Hour),
            'm' => day.AddHours(moment.Hour).AddMinutes(moment.Minute),
            _ => day.AddHours(moment.Hour).AddMinutes(moment.Minute).AddSeconds(moment.Second),
        });
    }

    private static DateTime ToDate(long milliseconds) => Epoch.AddMilliseconds(milliseconds);

    private static long ToMilliseconds(DateTime moment) => (moment - Epoch).Ticks / TimeSpan.TicksPerMillisecond;
}
