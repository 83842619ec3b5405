using System.Text;
using System.Text.RegularExpressions;

namespace Cartulary.Scenarios.Docs;

/// <summary>
/// A page of the documentation, with its commands: what stands in fences marked <c>sh</c>. Those marked <c>sh root</c> need a
/// machine of their own and are only looked at.
/// </summary>
public sealed partial record Page(string Path, string Text)
{
    /// <summary>Every page below <c>docs</c> that has commands.</summary>
    public static IEnumerable<Page> WithCommands()
    {
        var root = Root();
        return Directory.EnumerateFiles(System.IO.Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => new Page(System.IO.Path.GetRelativePath(root, file), File.ReadAllText(file)))
            .Where(page => page.Blocks("sh").Concat(page.Blocks("sh root")).Any())
            .OrderBy(page => page.Path, StringComparer.Ordinal);
    }

    /// <summary>The texts of the fences that are marked so, in order.</summary>
    public IEnumerable<string> Blocks(string mark) =>
        Fence().Matches(Text).Where(fence => fence.Groups["mark"].Value.Trim() == mark).Select(fence => fence.Groups["text"].Value);

    /// <summary>The folder of the working copy.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Cartulary.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a working copy.");
        }

        return folder.FullName;
    }

    /// <summary>All commands as one script: one shell runs them, as a reader's would, and stops at the first that fails.</summary>
    public string Script() => new StringBuilder("set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT\n")
        .AppendJoin('\n', Blocks("sh")).ToString();

    [GeneratedRegex("^```(?<mark>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
