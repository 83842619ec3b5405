namespace Cartulary.Storage.Migration;

/// <summary>How far a copy has come, for people.</summary>
/// <param name="Table">The table that is being carried.</param>
/// <param name="Rows">How many rows of it are there.</param>
/// <param name="AllRows">How many it has.</param>
public sealed record CopyProgress(string Table, long Rows, long AllRows);
