using Cartulary.Cli.Client;

namespace Cartulary.Cli.Sources;

/// <summary>A live asset of the catalog.</summary>
/// <param name="Asset">What identifies it.</param>
/// <param name="Parent">The qualified name of the asset that it was found directly below.</param>
internal sealed record LiveAsset(AssetHeader Asset, string Parent);
