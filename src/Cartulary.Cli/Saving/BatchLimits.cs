using Cartulary.Cli.Client;

namespace Cartulary.Cli.Saving;

/// <summary>How large one request may become. A single larger asset still goes, alone.</summary>
/// <param name="Assets">Most assets.</param>
/// <param name="Bytes">Most bytes of JSON.</param>
internal sealed record BatchLimits(int Assets = 500, int Bytes = 8 << 20)
{
    /// <summary>A trial goes in as few requests as the server takes, since assets that were only tried are not there for the next request.</summary>
    /// <param name="assets">Most assets, or null when the user does not say.</param>
    /// <param name="manner">How they are saved.</param>
    public static BatchLimits Of(int? assets, SaveManner manner) =>
        manner == SaveManner.Trial ? new BatchLimits(assets ?? 10_000, Bytes: 60 << 20) : new BatchLimits(assets ?? new BatchLimits().Assets);
}
