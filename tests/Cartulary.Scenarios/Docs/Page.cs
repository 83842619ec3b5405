using System.Text;
using System.Text.RegularExpressions;

namespace Cartulary.Scenarios.Docs;

/// <summary>
/// A page of the documentation, with its commands: what stands in fences marked <c>sh</c>. Those marked <c>sh root</c> need a
/// machine of their own and are only looked at. What a fence marked <c>output</c> shows is what the commands before it write.
/// </summary>
public sealed partial record Page(string Path, string Text)
{
    /// <summary>Every page for users: the README and all below <c>docs</c>.</summary>
    public static IEnumerable<Page> All()
    {
        var root = Root();
        return Directory.EnumerateFiles(System.IO.Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories)
            .Append(System.IO.Path.Combine(root, "README.md"))
            .Select(file => new Page(System.IO.Path.GetRelativePath(root, file), File.ReadAllText(file)))
            .OrderBy(page => page.Path, StringComparer.Ordinal);
    }

    /// <summary>Those that have commands.</summary>
    public static IEnumerable<Page> WithCommands() => All().Where(page => page.Fences.Any(fence => fence.Mark is "sh" or "sh root"));

    /// <summary>The fences of the page, in order.</summary>
    public IReadOnlyList<(string Mark, string Text)> Fences { get; } =
        [.. Fence().Matches(Text).Select(fence => (fence.Groups["mark"].Value.Trim(), fence.Groups["text"].Value))];

    /// <summary>The page without its fences.</summary>
    public string Prose => Fence().Replace(Text, "");

    /// <summary>The commands, each block with the output that the page shows for it, or null where it shows none.</summary>
    public IReadOnlyList<(string Commands, string? Output)> Steps =>
        [.. Fences.Select((fence, index) => (fence, shown: index + 1 < Fences.Count && IsOutput(Fences[index + 1].Mark) ? Fences[index + 1].Text : null))
            .Where(step => step.fence.Mark == "sh")
            .Select(step => (step.fence.Text, step.shown))];

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

    /// <summary>
    /// All commands as one script: one shell runs them, as a reader's would, and stops at the first that fails. What a block
    /// writes goes to a file of its number in <paramref name="outputs"/>; what is run is told on standard error.
    /// </summary>
    public string Script(string outputs)
    {
        var script = new StringBuilder("set -euo pipefail\nexec 9>&2\nBASH_XTRACEFD=9\n")
            .Append("trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT\nset -x\n");
        foreach (var (step, index) in Steps.Select((step, index) => (step, index)))
        {
            script.Append("{\n").Append(step.Commands).Append(System.Globalization.CultureInfo.InvariantCulture, $"}} > '{outputs}/{index}' 2>&1\n");
        }

        return script.ToString();
    }

    /// <summary>Whether a fence shows what was written: <c>output</c>, or <c>json output</c> for colour.</summary>
    private static bool IsOutput(string mark) => mark is "output" or "json output";

    [GeneratedRegex("^```(?<mark>[^\n]*)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
