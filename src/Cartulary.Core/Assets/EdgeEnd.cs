namespace Cartulary.Core.Assets;

/// <summary>What an edge knows of the asset at one of its ends.</summary>
/// <param name="Id">The asset's number in the store.</param>
/// <param name="Guid">Its public id.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="Status">In use or archived.</param>
public readonly record struct EdgeEnd(AssetId Id, Guid Guid, int TypeId, AssetStatus Status);
