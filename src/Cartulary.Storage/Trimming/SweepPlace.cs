namespace Cartulary.Storage.Trimming;

/// <summary>How far the trimmed log has been swept.</summary>
/// <param name="Commit">The last commit of which nothing is left.</param>
/// <param name="Index">How many events of the next one are done.</param>
internal readonly record struct SweepPlace(long Commit, int Index);
