using Cartulary.Search.Searching;

namespace Cartulary.Search.Following;

/// <summary>Where a search index is kept and what it may do.</summary>
public sealed record SearchOptions
{
    /// <summary>The folder, which belongs to one server alone.</summary>
    public required string Path { get; init; }

    /// <summary>How much is held in memory before it is written to a file, in megabytes.</summary>
    public double BufferMegabytes { get; init; } = 16;

    /// <summary>How long a search waits for the index.</summary>
    public double WaitSeconds { get; init; } = 10;

    /// <summary>How long a search may take.</summary>
    public double LongestSeconds { get; init; } = 30;

    /// <summary>How long what was followed may wait before it can be searched while nobody asks.</summary>
    public int RefreshMilliseconds { get; init; } = 50;

    /// <summary>How often the index is made durable.</summary>
    public double CommitSeconds { get; init; } = 10;

    /// <summary>How many searches run at a time; others wait.</summary>
    public int Concurrent { get; init; } = 4;

    /// <summary>Most buckets of an answer.</summary>
    public int Buckets { get; init; } = 65_536;

    /// <summary>Most queries of a search.</summary>
    public int Clauses { get; init; } = 65_536;

    /// <summary>Most states of the automaton of a pattern, and most words that a phrase may end with.</summary>
    public int PatternStates { get; init; } = 10_000;

    /// <summary>The limits of one search.</summary>
    internal SearchBounds Bounds => new(Buckets, Clauses, Depth: 100, PatternStates);
}
