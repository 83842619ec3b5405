using System.Text.Json;
using System.Text.RegularExpressions;
using Cartulary.Scenarios.Docs;

namespace Cartulary.Scenarios.Driving;

/// <summary>Every field of every event that a scenario reads stands in the page of the envelope, in the table of its place.</summary>
public static partial class EnvelopeFields
{
    private static readonly Lazy<Dictionary<string, HashSet<string>>> Tables = new(ReadTables);

    /// <summary>Fails when an event of a page of the feed has a field that the documentation does not have.</summary>
    public static void Check(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Array)
        {
            events.EnumerateArray().Where(item => item.TryGetProperty("envelope", out _))
                .SelectMany(item => Undocumented(item.GetProperty("envelope"))).Distinct(StringComparer.Ordinal).ShouldBeEmpty();
        }
    }

    /// <summary>The fields of an envelope that the page does not have, with their place.</summary>
    public static IEnumerable<string> Undocumented(JsonElement envelope)
    {
        var message = envelope.GetProperty("message");
        return Missing(envelope, "Outer fields")
            .Concat(Missing(message, "message"))
            .Concat(Missing(message.GetProperty("entity"), "entity"))
            .Concat(MissingIn(message, "mutatedDetails"))
            .Concat(MissingIn(message, "previousDetails"));
    }

    /// <summary>Only details that are a changed asset have fields; tags and custom metadata have the names that their types give them.</summary>
    private static IEnumerable<string> MissingIn(JsonElement message, string details) =>
        message.GetProperty("operationType").GetString()!.StartsWith("ENTITY_", StringComparison.Ordinal) && message.TryGetProperty(details, out var told)
            ? Missing(told, "details")
            : [];

    private static IEnumerable<string> Missing(JsonElement element, string table) =>
        element.EnumerateObject().Select(field => field.Name).Where(name => !Tables.Value[table].Contains(name)).Select(name => $"{table}: {name}");

    private static Dictionary<string, HashSet<string>> ReadTables()
    {
        var page = File.ReadAllText(Path.Combine(Page.Root(), "docs", "formats", "envelope.md"));
        var sections = page.Split("\n## ").Skip(1).ToDictionary(section => section.Split('\n')[0].Replace("`", "", StringComparison.Ordinal), section => section, StringComparer.Ordinal);
        return new(StringComparer.Ordinal)
        {
            ["Outer fields"] = [.. FirstCells(sections["Outer fields"])],
            ["message"] = [.. FirstCells(sections["message"])],
            ["entity"] = [.. FirstCells(sections["entity"])],
            ["details"] = [.. FirstCells(sections["mutatedDetails and previousDetails"]), .. OnlyAfter(sections["mutatedDetails and previousDetails"])],
        };
    }

    private static IEnumerable<string> FirstCells(string section) =>
        section.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Name().Matches(line.Split('|')[1])).Select(name => name.Value);

    /// <summary>The names in the sentence below the table, of what only the details after the change have.</summary>
    private static IEnumerable<string> OnlyAfter(string section) =>
        section.Split('\n').Where(line => line.StartsWith("Only `mutatedDetails`", StringComparison.Ordinal)).SelectMany(line => Name().Matches(line)).Select(name => name.Value);

    [GeneratedRegex("(?<=`)[A-Za-z]+(?=`)")]
    private static partial Regex Name();
}
