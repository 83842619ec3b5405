using System.Text.RegularExpressions;

namespace Cartulary.Cli.Commands;

/// <summary>Where a mistake stands, told in terms of the input rather than of the request that a part of it became.</summary>
internal static partial class ProblemPath
{
    /// <summary>The path with the item's place in the input, counted from 1, in place of its index in the request.</summary>
    public static string OfItem(string path, int itemsBefore)
    {
        var match = Item().Match(path);
        return match.Success && int.TryParse(match.Groups["index"].ValueSpan, out var index)
            ? $"item {itemsBefore + index + 1}{path[match.Length..]}"
            : path;
    }

    [GeneratedRegex(@"^entities\[(?<index>\d+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Item();
}
