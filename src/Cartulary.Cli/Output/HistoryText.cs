using System.Text;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Output;

/// <summary>An asset's versions, differences and their authors as people read them.</summary>
internal static class HistoryText
{
    private const int WidestList = 96;

    private static readonly string[] Lists = ["attributes", "relationshipAttributes", "classifications", "businessAttributes"];
    private static readonly string[] Wholes = ["status", "labels", "customAttributes"];

    /// <summary>One version: who, when, what kind of change, and the names of what changed.</summary>
    public static IEnumerable<TextLine> OfVersion(JsonElement version)
    {
        var operations = version.Items("operations").Select(operation => operation.GetString() ?? "");
        var sequences = version.Items("sequences").Select(sequence => $"#{sequence.GetRawText()}");
        yield return TextLine.Of($"v{version.Number("version")}", Tone.Strong)
            .With($"  {ValueText.Time(version.Number("time") ?? 0)}  ", Tone.Faint)
            .With(ValueText.Printable(version.Text("actor") ?? ""))
            .With($"  {string.Join(", ", operations)}", Tone.Changed)
            .With($"  {string.Join(", ", sequences)}", Tone.Faint);
        List<string> changed =
        [
            .. Lists.SelectMany(list => version.Items(list)).Select(name => ValueText.Printable(name.GetString() ?? "")),
            .. Wholes.Where(part => version.Member(part) is { ValueKind: JsonValueKind.True }),
        ];
        foreach (var line in Filled(changed))
        {
            yield return TextLine.Of(line).Indented(4);
        }
    }

    /// <summary>Names with commas between them, as many on a line as fit.</summary>
    private static IEnumerable<string> Filled(IReadOnlyList<string> names)
    {
        var line = new StringBuilder();
        for (var index = 0; index < names.Count; index++)
        {
            var word = index + 1 < names.Count ? $"{names[index]}," : names[index];
            if (line.Length > 0 && line.Length + 1 + word.Length > WidestList)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    /// <summary>A difference: which versions, and what is not the same in both.</summary>
    public static IEnumerable<TextLine> OfDifference(JsonElement difference, NameBook names)
    {
        yield return TextLine.Of($"{difference.Text("typeName")} ")
            .With(ValueText.Printable(difference.Text("displayText") ?? difference.Text("guid") ?? ""), Tone.Strong)
            .With($"  v{VersionOf(difference, "from")} -> v{VersionOf(difference, "to")}", Tone.Faint);
        var after = difference.Member("mutatedDetails") ?? default;
        var before = difference.Member("previousDetails") ?? default;
        foreach (var line in EventText.Differences(after, before, names))
        {
            yield return line.Indented(2);
        }
    }

    /// <summary>The parts of an asset with the change behind each.</summary>
    public static IEnumerable<(string Name, JsonElement Change)> Parts(JsonElement blame) =>
    [
        .. Lists.SelectMany(list => blame.Members(list)).Select(member => (member.Name, member.Value)),
        .. Wholes.Where(part => blame.Member(part) is not null).Select(part => (part, blame.Member(part)!.Value)),
    ];

    /// <summary>One line for each part: its name, and the version, time, author and event that changed it last.</summary>
    public static IEnumerable<TextLine> OfBlame(IReadOnlyDictionary<string, JsonElement> parts)
    {
        var name = Width(parts.Keys.Select(ValueText.Printable));
        var version = Width(parts.Values.Select(change => $"v{change.Number("version")}"));
        var actor = Width(parts.Values.Select(change => ValueText.Printable(change.Text("actor") ?? "")));
        return parts.Select(part => TextLine.Of(ValueText.Printable(part.Key).PadRight(name))
            .With($"  {$"v{part.Value.Number("version")}".PadRight(version)}", Tone.Strong)
            .With($"  {ValueText.Time(part.Value.Number("time") ?? 0)}", Tone.Faint)
            .With($"  {ValueText.Printable(part.Value.Text("actor") ?? "").PadRight(actor)}")
            .With($"  #{part.Value.Number("sequence")}", Tone.Faint));
    }

    private static string VersionOf(JsonElement difference, string side) => difference.Member(side)?.Number("version") is { } version ? $"{version}" : "?";

    private static int Width(IEnumerable<string> texts) => texts.Select(text => text.Length).DefaultIfEmpty().Max();
}
