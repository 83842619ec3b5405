using System.Text.RegularExpressions;

namespace Cartulary.Architecture.Tests;

/// <summary>Holds what a reader may expect of every file, whatever its subject.</summary>
public sealed partial class TidyTests
{
    [Fact]
    public void No_file_puts_work_off() => Offending(_ => true, Postponed()).ShouldBeEmpty();

    [Fact]
    public void No_source_file_is_indented_with_tabs() => Offending(IsSource, TabIndent()).ShouldBeEmpty();

    [Fact]
    public void No_source_file_folds_code_away() => Offending(IsSource, Fold()).ShouldBeEmpty();

    [Fact]
    public void No_file_has_carriage_returns() => Offending(_ => true, CarriageReturn()).ShouldBeEmpty();

    private static bool IsSource(string path) => path.EndsWith(".cs", StringComparison.Ordinal);

    private static List<string> Offending(Func<string, bool> concerns, Regex banned) =>
        [.. from file in WorkingCopy.TextFiles()
            where concerns(file.Path)
            from match in banned.Matches(file.Text)
            select $"{file.Path}:{file.Text.AsSpan(0, match.Index).Count('\n') + 1}"];

    // The brackets keep these patterns from matching themselves.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HAC[K]|XX[X])\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Postponed();

    [GeneratedRegex(@"^ *\t", RegexOptions.Multiline)]
    private static partial Regex TabIndent();

    [GeneratedRegex(@"^\s*#regio[n]", RegexOptions.Multiline)]
    private static partial Regex Fold();

    [GeneratedRegex(@"\r")]
    private static partial Regex CarriageReturn();
}
