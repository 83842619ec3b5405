using System.Text.RegularExpressions;
using Cartulary.Testing;

namespace Cartulary.Architecture.Tests;

/// <summary>Holds that every link of the documentation to a file or heading of the working copy leads there.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] Tops = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading()
    {
        var pages = WorkingCopy.TextFiles().Select(file => file.Path).Concat(Tops)
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal)).ToList();

        var links = pages.SelectMany(page => Link().Matches(Fence().Replace(GeneratedFile.Read(page), ""))
            .Select(link => (page, to: link.Groups["to"].Value, anchor: link.Groups["anchor"].Value))).ToList();

        links.Count.ShouldBeGreaterThan(50);
        links.Where(link => !Leads(link.page, link.to, link.anchor)).Select(link => $"{link.page}: {link.to}#{link.anchor}").ShouldBeEmpty();
    }

    private static bool Leads(string page, string to, string anchor)
    {
        var target = to.Length == 0 ? page : Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(page)!, to));
        var text = GeneratedFile.Read(target);
        return text.Length > 0 && (anchor.Length == 0 || Heading().Matches(Fence().Replace(text, "")).Any(heading => AnchorOf(heading.Groups["text"].Value) == anchor));
    }

    /// <summary>The anchor that a heading gets where the pages are shown: small letters, hyphens for spaces, no other signs.</summary>
    private static string AnchorOf(string heading) => NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?!https?:)(?<to>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
