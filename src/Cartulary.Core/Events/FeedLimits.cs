namespace Cartulary.Core.Events;

/// <summary>The limits of one reading of the feed; each is a setting of the server.</summary>
public sealed record FeedLimits
{
    /// <summary>Most events that one reading examines, matching or not.</summary>
    public int ScannedEvents { get; init; } = 10_000;

    /// <summary>Largest page, in bytes of envelopes; a page always holds at least one event.</summary>
    public int PageBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>About how many bytes of decoded and rendered events are remembered.</summary>
    public long CacheBytes { get; init; } = 64L * 1024 * 1024;
}
