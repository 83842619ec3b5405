using System.Globalization;
using Cartulary.Core.Save.Normalize;

namespace Cartulary.Core.Query;

/// <summary>Which of an asset's states a reader wants to see.</summary>
public abstract record Moment
{
    private Moment()
    {
    }

    /// <summary>The present one.</summary>
    public static Moment Now { get; } = new Present();

    /// <summary>Reads a time: epoch milliseconds, or ISO 8601, which is UTC where it names no offset.</summary>
    public static bool TryParseTime(string text, out long epochMilliseconds) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out epochMilliseconds)
        || Iso8601.TryParse(text, out epochMilliseconds);

    /// <summary>As it is.</summary>
    public sealed record Present : Moment;

    /// <summary>As it was right after the save that gave it a version.</summary>
    /// <param name="Version">The version, from 1.</param>
    public sealed record AtVersion(long Version) : Moment;

    /// <summary>As it was after the last commit whose time is not later.</summary>
    /// <param name="Time">The time, epoch milliseconds.</param>
    public sealed record AtTime(long Time) : Moment;

    /// <summary>As it was right after the save that holds an event.</summary>
    /// <param name="Sequence">The event's sequence.</param>
    public sealed record AtSequence(long Sequence) : Moment;
}
