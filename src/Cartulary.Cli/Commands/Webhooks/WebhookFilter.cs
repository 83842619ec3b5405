using System.CommandLine;
using System.Text.Json.Nodes;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary>The options that say which events a webhook is to get; <c>rehearse</c> has the same.</summary>
internal sealed class WebhookFilter
{
    private readonly Option<string[]> _operations =
        Many("--operation", "Only these kinds of events, for example ENTITY_UPDATE [default: all but CLASSIFICATION_UPDATE]", "OP");

    private readonly Option<string[]> _types = Many("--type", "Only assets of these types and their subtypes", "TYPE");

    private readonly Option<string?> _prefix = new("--prefix") { Description = "Only assets whose qualified name begins so", HelpName = "QN" };

    private readonly Option<string[]> _ignored =
        Many("--ignore-attributes", "Pass over updates whose only changes are in these attributes", "NAME");

    private readonly Option<string[]> _actors = Many("--exclude-actor", "Pass over saves by these principals", "NAME");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_operations, _types, _prefix, _ignored, _actors])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What the options ask for, as members of a request for a webhook.</summary>
    public JsonObject Read(ParseResult parsed)
    {
        var wish = new JsonObject();
        Add(wish, "events", Operations(parsed));
        Add(wish, "typeNames", parsed.GetValue(_types));
        Add(wish, "ignoreAttributes", parsed.GetValue(_ignored));
        if (parsed.GetValue(_prefix) is { } prefix)
        {
            wish["qualifiedNamePrefix"] = prefix;
        }

        if (parsed.GetValue(_actors) is { Length: > 0 } actors)
        {
            wish["exclude"] = new JsonObject { ["actors"] = ArrayOf(actors) };
        }

        return wish;
    }

    /// <summary>What the options ask for, as parameters of a query, each with <c>&amp;</c> before it.</summary>
    public string ToQuery(ParseResult parsed) => string.Concat(
    [
        .. Parameters("operation", Operations(parsed)),
        .. Parameters("typeName", parsed.GetValue(_types)),
        .. Parameters("qualifiedNamePrefix", parsed.GetValue(_prefix) is { } prefix ? [prefix] : null),
        .. Parameters("ignoreAttributes", parsed.GetValue(_ignored)),
        .. Parameters("excludeActor", parsed.GetValue(_actors)),
    ]);

    private string[] Operations(ParseResult parsed) => [.. (parsed.GetValue(_operations) ?? []).Select(text => text.ToUpperInvariant())];

    private static IEnumerable<string> Parameters(string name, string[]? values) =>
        (values ?? []).Select(value => $"&{name}={Uri.EscapeDataString(value)}");

    private static Option<string[]> Many(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true };

    private static void Add(JsonObject wish, string name, string[]? values)
    {
        if (values is { Length: > 0 })
        {
            wish[name] = ArrayOf(values);
        }
    }

    private static JsonArray ArrayOf(string[] values) => [.. values.Select(value => (JsonNode)value)];
}
