using System.Text.RegularExpressions;

namespace Cartulary.Architecture.Tests;

/// <summary>Holds that what the documentation names is there: tests behind guarantees, files and types behind formats.</summary>
public sealed partial class GuaranteesTests
{
    private static readonly Dictionary<string, string> Files =
        WorkingCopy.TextFiles().ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal);

    [Fact]
    public void Every_test_that_a_guarantee_names_exists()
    {
        var named = Names("docs/guarantees.md", TestName()).ToList();

        named.ShouldNotBeEmpty();
        named.Where(name => !IsTest(name.Groups["type"].Value, name.Groups["method"].Value)).Select(name => name.Value).ShouldBeEmpty();
    }

    [Fact]
    public void Every_guarantee_says_what_holds_it()
    {
        var sections = Files["docs/guarantees.md"].Split("\n## ").Where(section => char.IsAsciiDigit(section[0]));

        sections.Where(section => !TestName().IsMatch(section) && !section.Contains("No test yet", StringComparison.Ordinal))
            .Select(section => section.Split('\n')[0])
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_file_that_the_documentation_names_exists() =>
        Pages("docs/").SelectMany(page => Names(page, FilePath()))
            .Select(name => name.Groups["path"].Value)
            .Where(path => !Files.ContainsKey(path) && !Files.Keys.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal)))
            .ShouldBeEmpty();

    [Fact]
    public void Every_type_that_a_format_or_decision_names_exists() =>
        Pages("docs/formats/").Concat(Pages("docs/decisions/")).SelectMany(page => Names(page, TypeName()))
            .Select(name => name.Groups["type"].Value)
            .Where(type => !Declares("src/", type))
            .ShouldBeEmpty();

    [Fact]
    public void Every_format_lists_the_files_that_change_with_it_and_how_it_is_versioned()
    {
        var pages = Pages("docs/formats/").ToList();

        pages.ShouldNotBeEmpty();
        pages.Where(page => !Files[page].Contains("\n## Versioning\n", StringComparison.Ordinal)
            || !Files[page].Contains("\n## Files that must change with this page\n", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_link_between_pages_leads_somewhere() =>
        Pages("docs/").SelectMany(page => Names(page, Link()).Select(link => Path.Combine(Path.GetDirectoryName(page)!, link.Groups["to"].Value)))
            .Select(target => Path.GetRelativePath(".", target))
            .Where(target => !Files.ContainsKey(target))
            .ShouldBeEmpty();

    private static IEnumerable<string> Pages(string folder) =>
        Files.Keys.Where(path => path.StartsWith(folder, StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal));

    private static IEnumerable<Match> Names(string page, Regex pattern) => pattern.Matches(Files[page]);

    private static bool IsTest(string type, string method) => Files.Any(file =>
        file.Key.StartsWith("tests/", StringComparison.Ordinal) && Declares(file, type)
        && Regex.IsMatch(file.Value, $@"\b(void|Task) {method}\(", RegexOptions.ExplicitCapture));

    private static bool Declares(string folder, string type) =>
        Files.Any(file => file.Key.StartsWith(folder, StringComparison.Ordinal) && Declares(file, type));

    private static bool Declares(KeyValuePair<string, string> file, string type) =>
        file.Key.EndsWith(".cs", StringComparison.Ordinal)
        && Regex.IsMatch(file.Value, $@"\b(class|record|struct|enum|interface) {type}\b", RegexOptions.ExplicitCapture);

    [GeneratedRegex(@"`(?<type>[A-Z]\w+)\.(?<method>[A-Z]\w+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();

    [GeneratedRegex(@"`(?<path>(src|tests|bench|docs|eng)/[\w./-]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex FilePath();

    /// <summary>Names of more than one word only, so that tables and assets are not taken for types.</summary>
    [GeneratedRegex(@"`(?<type>([A-Z][a-z]+){2,})`", RegexOptions.ExplicitCapture)]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\]\((?<to>[\w./-]+\.md)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
