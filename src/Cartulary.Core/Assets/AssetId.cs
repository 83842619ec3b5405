namespace Cartulary.Core.Assets;

/// <summary>The number of an asset inside one store; never shown outside. Zero stands for an asset that is not stored yet.</summary>
/// <param name="Value">The number, from 1.</param>
public readonly record struct AssetId(long Value);
