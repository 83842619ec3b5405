using System.Collections.Immutable;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Sources;

/// <summary>What a crawl archives.</summary>
/// <param name="Gone">The assets that are gone from the source, children before their parents.</param>
/// <param name="Objections">Why something that looks gone is left as it is.</param>
internal sealed record SweepPlan(ImmutableArray<AssetHeader> Gone, ImmutableArray<string> Objections);
