namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>
/// A stretch of trimmed events whose leavings are removed in one turn. Worked out beside the writer, since decoding a log takes
/// longer than removing what it names.
/// </summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; the next one goes on there.</param>
/// <param name="Versions">The versions that its events told.</param>
/// <param name="EdgesMax">At most so many ended edges are removed along with it.</param>
internal sealed record Sweep(SweepPlace From, SweepPlace To, IReadOnlyList<SweptVersion> Versions, int EdgesMax);

/// <summary>How far the trimmed log has been swept.</summary>
/// <param name="Commit">The last commit of which nothing is left.</param>
/// <param name="Index">How many events of the next one are done.</param>
internal readonly record struct SweepPlace(long Commit, int Index);

/// <summary>A version of an asset that a trimmed event told.</summary>
/// <param name="Asset">The asset's number.</param>
/// <param name="Version">The version.</param>
/// <param name="Revision">The revision that held the state then.</param>
/// <param name="Status">The status then.</param>
internal readonly record struct SweptVersion(long Asset, long Version, long Revision, int Status);
