namespace Cartulary.Core.Lineage;

/// <summary>How much one reading of lineage may do.</summary>
public sealed record LineageBounds
{
    /// <summary>Most assets and processes that a list or a search for paths visits.</summary>
    public int AssetsVisited { get; init; } = 100_000;

    /// <summary>Most edges that a reading looks at in a direction, and most that it shows.</summary>
    public int Edges { get; init; } = 200_000;

    /// <summary>Most assets and processes in one answer: of a page, or of a graph in a direction.</summary>
    public int AssetsShown { get; init; } = 10_000;

    /// <summary>Most steps from one asset to the next, whatever is asked.</summary>
    public int Depth { get; init; } = 1_000;

    /// <summary>Longest time of a reading.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most conditions in the filters of one request.</summary>
    public int Conditions { get; init; } = 1_000;

    /// <summary>Most paths in one answer.</summary>
    public int Paths { get; init; } = 100;

    /// <summary>Most steps that a search for paths tries.</summary>
    public int PathSteps { get; init; } = 1_000_000;
}
