namespace Cartulary.Core.Tags;

/// <summary>What a save does to a way: to the edge, or to the assets at its ends.</summary>
/// <param name="Way">The way.</param>
/// <param name="Before">How it stands in the catalog.</param>
/// <param name="After">How it stands after the save.</param>
internal readonly record struct WayChange(TagWay Way, WayStand Before, WayStand After);

/// <summary>How a way stands.</summary>
/// <param name="IsRecorded">Whether the edge is recorded.</param>
/// <param name="IsFromActive">Whether the asset it comes from is in use.</param>
/// <param name="IsToActive">Whether the asset it leads to is in use.</param>
internal readonly record struct WayStand(bool IsRecorded, bool IsFromActive, bool IsToActive);
