using System.Text;
using System.Text.RegularExpressions;

namespace Cartulary.Scenarios.Docs;

/// <summary>
/// Output as a page shows it. <c>…</c> stands for what differs from one run to the next: alone on a line for any lines, or none;
/// elsewhere for any part of its line. Spaces at the ends of lines are not looked at, nor is the progress that a slow machine shows.
/// </summary>
public static partial class ShownOutput
{
    private const char Anything = '…';

    /// <summary>Whether the output is what the page shows.</summary>
    public static bool Fits(string shown, string actual)
    {
        var pattern = new StringBuilder(@"\A");
        foreach (var line in Lines(shown))
        {
            pattern.Append(line == $"{Anything}" ? "([^\n]*\n)*?" : $"{Regex.Escape(line).Replace($"{Anything}", "[^\n]*", StringComparison.Ordinal)}\n");
        }

        var text = string.Concat(Lines(actual).Where(line => !Progress().IsMatch(line)).Select(line => line + "\n"));
        return Regex.IsMatch(text, pattern.Append(@"\z").ToString(), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
    }

    [GeneratedRegex(@"\A(saved|compared) [0-9,]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Progress();

    private static IEnumerable<string> Lines(string text) => text.Trim('\n').Split('\n').Select(line => line.TrimEnd());
}
