using System.Globalization;

namespace Cartulary.Cli.Commands.Keys;

/// <summary>How the times of keys are shown: in UTC, to the minute.</summary>
internal static class KeyTime
{
    /// <summary>The text of a time in epoch milliseconds.</summary>
    public static string Of(long time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time).ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
