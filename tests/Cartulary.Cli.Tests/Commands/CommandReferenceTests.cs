using System.Text.RegularExpressions;
using Cartulary.Testing;

namespace Cartulary.Cli.Tests.Commands;

/// <summary>Holds that the page of the command line has every command and option that help shows.</summary>
public sealed partial class CommandReferenceTests
{
    [Fact]
    public async Task The_page_has_every_command_and_option()
    {
        var page = GeneratedFile.Read("docs/reference/cli.md");
        var missing = new List<string>();
        var commands = new Queue<string[]>([[]]);
        while (commands.TryDequeue(out var command))
        {
            var help = (await Run.OfAsync([.. command, "--help"], TestContext.Current.CancellationToken)).Output;
            var name = string.Join(' ', command);
            foreach (var below in Section(help, "Commands:").SelectMany(line => Word().Matches(line)))
            {
                commands.Enqueue([.. command, below.Value]);
            }

            missing.AddRange(Section(help, "Options:").SelectMany(line => Option().Matches(line)).Select(option => option.Value)
                .Where(option => !Regex.IsMatch(page, $@"{option}\b", RegexOptions.ExplicitCapture)).Select(option => $"{name} {option}"));
            if (name.Length > 0 && !page.Contains($"`{name}", StringComparison.Ordinal) && !Section(help, "Commands:").Any())
            {
                missing.Add(name);
            }
        }

        missing.ShouldBeEmpty();
    }

    /// <summary>The first lines of the entries below a heading of the help.</summary>
    private static IEnumerable<string> Section(string help, string heading) =>
        help.ReplaceLineEndings("\n").Split('\n').SkipWhile(line => line != heading).Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal));

    [GeneratedRegex("(?<=^  )[a-z-]+")]
    private static partial Regex Word();

    [GeneratedRegex("(?<=^  (-\\S+, )*)--[a-z-]+")]
    private static partial Regex Option();
}
