namespace Cartulary.Core.Save;

/// <summary>The limits of one save; each is a setting of the server.</summary>
public sealed record SaveLimits
{
    /// <summary>Most assets in one request, referred ones included.</summary>
    public int AssetsPerRequest { get; init; } = 10_000;

    /// <summary>Most assets that one transaction may change, related ones included.</summary>
    public int ChangedAssetsPerSave { get; init; } = 100_000;

    /// <summary>
    /// Most assets beside its own that one save may look at to pass tags on; what goes beyond is done by a job afterwards.
    /// </summary>
    public int PassedOnPerSave { get; init; } = 10_000;

    /// <summary>Most assets that one commit of that job changes.</summary>
    public int PassedOnPerCommit { get; init; } = 1_000;

    /// <summary>
    /// Most assets that the job holds in memory to find out at once where a tag is to come and go; beyond, it goes step by step.
    /// </summary>
    public int LookedAtPerTag { get; init; } = 500_000;

    /// <summary>Longest text of an attribute, in UTF-16 code units.</summary>
    public int TextLength { get; init; } = 100_000;

    /// <summary>Longest text of the attributes that hold documents (SQL texts, data contracts), in UTF-16 code units.</summary>
    public int LongTextLength { get; init; } = 2_000_000;

    /// <summary>Deepest nesting of JSON in a request.</summary>
    public int JsonDepth { get; init; } = 64;
}
