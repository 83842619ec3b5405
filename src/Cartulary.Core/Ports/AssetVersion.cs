namespace Cartulary.Core.Ports;

/// <summary>A version of an asset, and the commit that gave it.</summary>
/// <param name="Version">The version; 1 is the creation.</param>
/// <param name="Commit">The commit.</param>
public readonly record struct AssetVersion(long Version, CommitNumber Commit);
