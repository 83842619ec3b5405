using System.ComponentModel.DataAnnotations;
using Cartulary.Core.Lineage;
using Microsoft.Extensions.Options;

namespace Cartulary.Server.Hosting;

/// <summary>How much one reading of lineage may do; section <c>Lineage</c> of the configuration.</summary>
internal sealed class LineageOptions
{
    /// <summary>Most assets and processes that a list or a search for paths visits. The default is 100,000.</summary>
    [Range(1, 10_000_000)]
    public int AssetsVisited { get; set; } = 100_000;

    /// <summary>Most assets and processes of a page, or of a graph in each direction. The default is 10,000.</summary>
    [Range(1, 1_000_000)]
    public int AssetsShown { get; set; } = 10_000;

    /// <summary>Most edges that are looked at in a direction, and most that are shown. The default is 200,000.</summary>
    [Range(1, 10_000_000)]
    public int Edges { get; set; } = 200_000;

    /// <summary>Most steps from one asset to the next; who asks for more gets so many. The default is 1,000.</summary>
    [Range(1, 100_000)]
    public int Depth { get; set; } = 1_000;

    /// <summary>Seconds after which a reading is refused with 422. The default is 30.</summary>
    [Range(1, 600)]
    public int Seconds { get; set; } = 30;

    /// <summary>Most conditions in the filters of one request. The default is 1,000.</summary>
    [Range(1, 100_000)]
    public int Conditions { get; set; } = 1_000;

    /// <summary>Most paths in one answer; who asks for more gets so many. The default is 100.</summary>
    [Range(1, 10_000)]
    public int Paths { get; set; } = 100;

    /// <summary>Most steps that a search for paths tries. The default is 1,000,000.</summary>
    [Range(1, 1_000_000_000)]
    public int PathSteps { get; set; } = 1_000_000;

    /// <summary>The bounds of one reading.</summary>
    public LineageBounds ForReading() => new()
    {
        AssetsVisited = AssetsVisited,
        AssetsShown = AssetsShown,
        Edges = Edges,
        Depth = Depth,
        Time = TimeSpan.FromSeconds(Seconds),
        Conditions = Conditions,
        Paths = Paths,
        PathSteps = PathSteps,
    };
}

/// <summary>Checks <see cref="LineageOptions"/>; generated from its attributes.</summary>
[OptionsValidator]
internal sealed partial class LineageOptionsValidator : IValidateOptions<LineageOptions>;
