using System.ComponentModel.DataAnnotations;
using Cartulary.Core.Query.Audit;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>How much one search of the audit may look at and give; section <c>Audit</c> of the configuration.</summary>
internal sealed class AuditOptions
{
    /// <summary>
    /// Most events, or versions of named assets, that one search looks at. A search that would have to look further is refused.
    /// The default is 200,000.
    /// </summary>
    [Range(1, 100_000_000)]
    public int ScannedEvents { get; set; } = 200_000;

    /// <summary>Most entries in a page; a larger size is refused. The default is 10,000.</summary>
    [Range(1, 100_000)]
    public int PageEntries { get; set; } = 10_000;

    /// <summary>Most bytes of details in a page; a larger page is refused. The default is 67,108,864 (64 MiB).</summary>
    [Range(1_024, 1_073_741_824)]
    public int PageBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Most searches of the audit at a time; others wait for their turn. The default is 4.</summary>
    [Range(1, 1_000)]
    public int SearchesAtOnce { get; set; } = 4;

    /// <summary>The limits of one search.</summary>
    public AuditLimits ForSearching() =>
        new() { ScannedEvents = ScannedEvents, PageEntries = PageEntries, PageBytes = PageBytes, SearchesAtOnce = SearchesAtOnce };
}

/// <summary>Checks <see cref="AuditOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class AuditOptionsValidator : IValidateOptions<AuditOptions>;
