namespace Cartulary.Core.Lineage;

/// <summary>How many neighbours an asset or process has in a direction.</summary>
/// <param name="Taken">How many were taken.</param>
/// <param name="Total">How many there are.</param>
/// <param name="HasMore">Whether there are more after those that were taken.</param>
public readonly record struct LineageCount(int Taken, int Total, bool HasMore);
