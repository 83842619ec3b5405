namespace Cartulary.Storage.Trimming;

/// <summary>
/// A stretch of trimmed events whose leavings are removed in one turn. Worked out beside the writer, since decoding a log takes
/// longer than removing what it names.
/// </summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; the next one goes on there.</param>
/// <param name="Versions">The versions that its events told.</param>
/// <param name="EdgesMax">At most so many ended edges are removed along with it.</param>
internal sealed record Sweep(SweepPlace From, SweepPlace To, IReadOnlyList<SweptVersion> Versions, int EdgesMax);
