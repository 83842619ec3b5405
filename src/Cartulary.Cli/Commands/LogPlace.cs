using System.Globalization;

namespace Cartulary.Cli.Commands;

/// <summary>A place in the log as people name it.</summary>
/// <param name="IsTime">Whether it is a time rather than a sequence.</param>
/// <param name="Value">The sequence, or the time in epoch milliseconds.</param>
internal readonly record struct LogPlace(bool IsTime, long Value)
{
    /// <summary>Reads a sequence, a time in ISO 8601, or how long ago: a number and s, m, h or d.</summary>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static LogPlace Parse(string text, TimeProvider clock)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return new(IsTime: false, sequence);
        }

        if (AgoOf(text) is { } ago && clock.GetUtcNow().ToUnixTimeMilliseconds() - ago.TotalMilliseconds is >= 0 and var past)
        {
            return new(IsTime: true, (long)past);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time >= DateTimeOffset.UnixEpoch
            ? new(IsTime: true, time.ToUnixTimeMilliseconds())
            : throw new UsageException($"\"{text}\" is no place in the log: give a sequence, a time such as 2026-11-01T08:00Z, or how long ago, such as 2h or 3d");
    }

    private static TimeSpan? AgoOf(string text) =>
        text.Length > 1 && int.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                'd' when number < 100_000 => TimeSpan.FromDays(number),
                _ => null,
            }
            : null;
}
