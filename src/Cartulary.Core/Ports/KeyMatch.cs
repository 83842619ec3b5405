using Cartulary.Core.Assets;

namespace Cartulary.Core.Ports;

/// <summary>An asset found by a key. Several assets of different types may hold the same key.</summary>
/// <param name="Key">The key asked for.</param>
/// <param name="Asset">The asset's number.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="Status">In use or archived.</param>
public readonly record struct KeyMatch(AssetKey Key, AssetId Asset, int TypeId, AssetStatus Status);
