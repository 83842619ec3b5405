namespace Cartulary.Core.Query.Audit;

/// <summary>The limits of one search of the audit; each is a setting of the server.</summary>
public sealed record AuditLimits
{
    /// <summary>Most events, or versions of named assets, that one search looks at.</summary>
    public int ScannedEvents { get; init; } = 200_000;

    /// <summary>Most entries in a page.</summary>
    public int PageEntries { get; init; } = 10_000;

    /// <summary>Most bytes of details in a page.</summary>
    public int PageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most searches that look at the log at a time; others wait for their turn.</summary>
    public int SearchesAtOnce { get; init; } = 4;
}
