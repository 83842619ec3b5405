using System.ComponentModel.DataAnnotations;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Save;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>What one request, and all of them together, may ask for; section <c>Limits</c> of the configuration.</summary>
internal sealed class LimitOptions
{
    /// <summary>Most assets in one save, and most guids in one read or delete. The default is 10,000.</summary>
    [Range(1, 1_000_000)]
    public int AssetsPerRequest { get; set; } = 10_000;

    /// <summary>Most assets that one save may change, related ones included. The default is 100,000.</summary>
    [Range(1, 10_000_000)]
    public int ChangedAssetsPerSave { get; set; } = 100_000;

    /// <summary>
    /// Most assets beside its own that one save may look at to pass tags on; what goes beyond is done by a job afterwards. The
    /// default is 10,000.
    /// </summary>
    [Range(0, 1_000_000)]
    public int PassedOnPerSave { get; set; } = 10_000;

    /// <summary>Most assets that one commit of that job changes. The default is 1,000.</summary>
    [Range(1, 100_000)]
    public int PassedOnPerCommit { get; set; } = 1_000;

    /// <summary>
    /// Most assets that the job holds in memory to find out at once where a tag comes and goes; beyond, it goes step by step. The
    /// default is 500,000.
    /// </summary>
    [Range(1, 100_000_000)]
    public int LookedAtPerTag { get; set; } = 500_000;

    /// <summary>Longest text of an attribute, in UTF-16 code units. The default is 100,000.</summary>
    [Range(1, 100_000_000)]
    public int TextLength { get; set; } = 100_000;

    /// <summary>Longest text of attributes that hold documents, in UTF-16 code units. The default is 2,000,000.</summary>
    [Range(1, 100_000_000)]
    public int LongTextLength { get; set; } = 2_000_000;

    /// <summary>Deepest nesting of JSON. The default is 64.</summary>
    [Range(8, 1_000)]
    public int JsonDepth { get; set; } = 64;

    /// <summary>Largest request body, in bytes; a larger one gets 413. The default is 67,108,864 (64 MiB).</summary>
    [Range(1_024, 1_073_741_824)]
    public int BodyBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Bytes of all bodies held at one time; beyond it a request gets 429. The default is 268,435,456 (256 MiB).</summary>
    [Range(1_024, 68_719_476_736)]
    public long BodyBytesInFlight { get; set; } = 256L * 1024 * 1024;

    /// <summary>A relationship attribute with more edges is left out of reads. The default is 10,000.</summary>
    [Range(1, 10_000_000)]
    public int EdgesPerEnd { get; set; } = 10_000;

    /// <summary>Most exports at a time, each of which holds a snapshot; a further one gets 429. The default is 2.</summary>
    [Range(1, 100)]
    public int ExportsAtOnce { get; set; } = 2;

    /// <summary>Most connections at a time; a further one is closed. The default is 12,000, which leaves room beside waiting feed readers.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; set; } = 12_000;

    /// <summary>Longest first line of a request, in bytes: room for some 3,000 guids. The default is 131,072.</summary>
    [Range(8_192, 1_048_576)]
    public int RequestLineBytes { get; set; } = 128 * 1024;

    /// <summary>Seconds in which the headers of a request must arrive. The default is 30.</summary>
    [Range(1, 600)]
    public int HeaderSeconds { get; set; } = 30;

    /// <summary>Seconds in which the whole body of a request must arrive; after them it gets 408. The default is 300.</summary>
    [Range(1, 86_400)]
    public int BodySeconds { get; set; } = 300;

    /// <summary>
    /// Slowest rate, in bytes a second, at which a body may arrive after its first five seconds; a slower one gets 408. Zero takes
    /// any rate. The default is 1,024.
    /// </summary>
    [Range(0, 1_000_000_000)]
    public int BodyBytesPerSecond { get; set; } = 1_024;

    /// <summary>Most request headers that are kept with a save and shown in its events. The default is 32.</summary>
    [Range(0, 100)]
    public int EventHeaders { get; set; } = 32;

    /// <summary>Longest value of such a header, in UTF-16 code units; a longer one is not kept. The default is 1,024.</summary>
    [Range(0, 32_768)]
    public int EventHeaderLength { get; set; } = 1_024;

    /// <summary>Hours for which a request that was sent with an idempotency key is known again. The default is 24.</summary>
    [Range(1, 8_760)]
    public int IdempotencyHours { get; set; } = 24;

    /// <summary>Deepest nesting of the queries, and of the aggregations, of a search. The default is 30.</summary>
    [Range(1, 1_000)]
    public int SearchDepth { get; set; } = 30;

    /// <summary>Most queries and aggregations in one search, inner ones included. The default is 4,096.</summary>
    [Range(1, 1_000_000)]
    public int SearchClauses { get; set; } = 4_096;

    /// <summary>Most values of one query, such as the names in a terms query. The default is 65,536.</summary>
    [Range(1, 10_000_000)]
    public int SearchValues { get; set; } = 65_536;

    /// <summary>Most assets on one page of a search. The default is 10,000.</summary>
    [Range(1, 1_000_000)]
    public int SearchPage { get; set; } = 10_000;

    /// <summary>Last place that a page of a search reaches by from and size; what lies behind is reached by search_after. The default is 100,000.</summary>
    [Range(1, 10_000_000)]
    public int SearchWindow { get; set; } = 100_000;

    /// <summary>Most buckets of one aggregation. The default is 65,536.</summary>
    [Range(1, 1_000_000)]
    public int SearchBuckets { get; set; } = 65_536;

    /// <summary>The limits of a search.</summary>
    public SearchLimits ForSearches() => new()
    {
        Depth = SearchDepth,
        Clauses = SearchClauses,
        Values = SearchValues,
        Page = SearchPage,
        Window = SearchWindow,
        Buckets = SearchBuckets,
    };

    /// <summary>The limits of a save.</summary>
    public SaveLimits ForSaves() => new()
    {
        AssetsPerRequest = AssetsPerRequest,
        ChangedAssetsPerSave = ChangedAssetsPerSave,
        PassedOnPerSave = PassedOnPerSave,
        PassedOnPerCommit = PassedOnPerCommit,
        LookedAtPerTag = LookedAtPerTag,
        TextLength = TextLength,
        LongTextLength = LongTextLength,
        JsonDepth = JsonDepth,
    };
}

/// <summary>Checks <see cref="LimitOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class LimitOptionsValidator : IValidateOptions<LimitOptions>;
