using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>Event streams; section <c>Stream</c> of the configuration.</summary>
internal sealed class StreamOptions
{
    /// <summary>Most streams that are open at a time; a further one gets 429. The default is 1,000.</summary>
    [Range(0, 1_000_000)]
    public int StreamsMax { get; set; } = 1_000;

    /// <summary>Most streams that one key may have open at a time; a further one gets 429. The default is 20.</summary>
    [Range(0, 1_000_000)]
    public int StreamsPerKeyMax { get; set; } = 20;

    /// <summary>Seconds without an event after which a stream says that it lives, and how far it has come. The default is 15.</summary>
    [Range(1, 3_600)]
    public int HeartbeatSeconds { get; set; } = 15;

    /// <summary>Seconds for which a reader may take nothing before its connection is closed. The default is 30.</summary>
    [Range(1, 3_600)]
    public int StalledSeconds { get; set; } = 30;

    /// <summary>Seconds after which a stream ends, give or take a tenth, so that its key is looked at again. The default is 3,600.</summary>
    [Range(1, 604_800)]
    public int LifetimeSeconds { get; set; } = 3_600;

    /// <summary>Milliseconds that a reader is told to wait before it connects again. The default is 3,000.</summary>
    [Range(0, 3_600_000)]
    public int RetryMilliseconds { get; set; } = 3_000;

    /// <summary>Most events that a stream holds while it sends them. The default is 256.</summary>
    [Range(1, 100_000)]
    public int PageEvents { get; set; } = 256;

    /// <summary>Most bytes of events that a stream holds while it sends them, but always one event. The default is 262,144 (256 KiB).</summary>
    [Range(1, 1_073_741_824)]
    public int PageBytes { get; set; } = 256 * 1024;
}

/// <summary>Checks <see cref="StreamOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class StreamOptionsValidator : IValidateOptions<StreamOptions>;
