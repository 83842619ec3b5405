using Cartulary.Core.Assets;

namespace Cartulary.Core.Events;

/// <summary>The numbers that a commit gives to an event's asset.</summary>
/// <param name="Asset">The asset's number in the store.</param>
/// <param name="Version">Its version after the save.</param>
/// <param name="Revision">The number of the stored revision that holds its state after the save.</param>
public readonly record struct EventNumbers(AssetId Asset, long Version, long Revision);
