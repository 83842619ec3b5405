using System.Text.Json;

namespace Cartulary.Cli.Output;

/// <summary>One attribute before and after: on one line where it fits, otherwise the lines that differ.</summary>
internal static class DifferenceText
{
    private const int LongestOnOneLine = 100;

    /// <summary>The lines that show the difference. The name is padded to the given width.</summary>
    public static IEnumerable<TextLine> Of(string name, int width, JsonElement? before, JsonElement? after)
    {
        if (!HasLines(before) && !HasLines(after))
        {
            var (old, current) = (ValueText.Of(before), ValueText.Of(after));
            if (old.Length + current.Length <= LongestOnOneLine)
            {
                return
                [
                    TextLine.Of(ValueText.Printable(name).PadRight(width) + "  ").With(old, Tone.Removed).With(" -> ").With(current, Tone.Added),
                ];
            }
        }

        return Block(name, Lines(before), Lines(after));
    }

    private static IEnumerable<TextLine> Block(string name, string[] before, string[] after)
    {
        var head = SharedHead(before, after);
        var tail = SharedHead([.. before[head..].Reverse()], [.. after[head..].Reverse()]);
        yield return TextLine.Of(ValueText.Printable(name));
        foreach (var line in before[head..^tail])
        {
            yield return TextLine.Of("  - " + line, Tone.Removed);
        }

        foreach (var line in after[head..^tail])
        {
            yield return TextLine.Of("  + " + line, Tone.Added);
        }
    }

    private static int SharedHead(string[] left, string[] right) =>
        left.Zip(right).TakeWhile(pair => pair.First == pair.Second).Count();

    private static bool HasLines(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && text.GetString()!.Contains('\n', StringComparison.Ordinal);

    private static string[] Lines(JsonElement? value) => value switch
    {
        null => [],
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.String } text => [.. text.GetString()!.Split('\n').Select(line => ValueText.Printable(line.TrimEnd('\r')))],
        { } other => [ValueText.Of(other)],
    };
}
