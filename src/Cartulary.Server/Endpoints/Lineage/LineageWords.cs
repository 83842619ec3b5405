using System.Collections.Immutable;
using Cartulary.Core.Lineage;

namespace Cartulary.Server.Endpoints.Lineage;

/// <summary>What clients call directions and bounds.</summary>
internal static class LineageWords
{
    private static readonly ImmutableArray<(LineageLimit Limit, string Name)> Limits =
        [(LineageLimit.Assets, "assets"), (LineageLimit.Edges, "edges"), (LineageLimit.Depth, "depth"), (LineageLimit.Steps, "steps")];

    /// <summary>The direction of a name in any case; null when it is none.</summary>
    public static LineageDirection? Direction(string text) => text.ToUpperInvariant() switch
    {
        "INPUT" => LineageDirection.Input,
        "OUTPUT" => LineageDirection.Output,
        "BOTH" => LineageDirection.Both,
        _ => null,
    };

    /// <summary>The name of a direction.</summary>
    public static string Name(LineageDirection direction) => direction.ToString().ToUpperInvariant();

    /// <summary>The names of the bounds that were reached.</summary>
    public static ImmutableArray<string> Names(LineageLimit reached) => [.. Limits.Where(limit => reached.HasFlag(limit.Limit)).Select(limit => limit.Name)];
}
