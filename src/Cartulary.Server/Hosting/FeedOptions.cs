using System.ComponentModel.DataAnnotations;
using Cartulary.Core.Events;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>How much the event feed gives at a time; section <c>Feed</c> of the configuration.</summary>
internal sealed class FeedOptions
{
    /// <summary>Events in a page when the reader does not say. The default is 500.</summary>
    [Range(1, 100_000)]
    public int LimitDefault { get; set; } = 500;

    /// <summary>Most events in a page; a reader who asks for more gets so many. The default is 5,000.</summary>
    [Range(1, 100_000)]
    public int LimitMax { get; set; } = 5_000;

    /// <summary>Longest wait for an event, in seconds; a reader who asks for more waits so long. The default is 60.</summary>
    [Range(0, 600)]
    public int WaitSecondsMax { get; set; } = 60;

    /// <summary>Most readers that wait at a time; a further one gets 429. The default is 10,000.</summary>
    [Range(0, 1_000_000)]
    public int WaitersMax { get; set; } = 10_000;

    /// <summary>Most events that one call examines, matching or not. The default is 10,000.</summary>
    [Range(1, 10_000_000)]
    public int ScannedEvents { get; set; } = 10_000;

    /// <summary>Largest page, in bytes; a page always holds at least one event. The default is 8,388,608 (8 MiB).</summary>
    [Range(1, 1_073_741_824)]
    public int PageBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// Bytes of events, decoded and ready to be sent, that are remembered for all who read them: those at the head of the log
    /// first of all. The default is 67,108,864 (64 MiB).
    /// </summary>
    [Range(1_048_576, 68_719_476_736)]
    public long CacheBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>The limits of one reading.</summary>
    public FeedLimits ForReading() => new() { ScannedEvents = ScannedEvents, PageBytes = PageBytes, CacheBytes = CacheBytes };
}

/// <summary>Checks <see cref="FeedOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class FeedOptionsValidator : IValidateOptions<FeedOptions>;
