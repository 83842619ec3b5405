using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Assets;

/// <summary><c>cartulary search</c>: the assets that words, a type or a tag find.</summary>
internal static class SearchCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var query = new Argument<string?>("QUERY")
        {
            Description = "Words of names, descriptions, tags and terms, or conditions such as rowCount:>100",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var type = new Option<string?>("--type") { Description = "Only assets of this type and its subtypes", HelpName = "TYPE" };
        var tag = new Option<string?>("--tag") { Description = "Only assets with this tag or one of its subtypes", HelpName = "TAG" };
        var archived = new Option<bool>("--archived") { Description = "Archived assets too" };
        var limit = new Option<int>("--limit") { Description = "At most this many assets", HelpName = "N", DefaultValueFactory = _ => 25 };
        var command = new CliCommand("search", "Find assets by words, type and tag, the best first")
        {
            Examples = ["cartulary search orders", "cartulary search 'name:fact* AND rowCount:>100' --type Table --json"],
        };
        command.Arguments.Add(query);
        command.Options.Add(type);
        command.Options.Add(tag);
        command.Options.Add(archived);
        command.Options.Add(limit);
        return context.Talking(command, (client, parsed, cancellationToken) => RunAsync(
            context.Terminal,
            client,
            PathOf(parsed.GetValue(query), parsed.GetValue(type), parsed.GetValue(tag), parsed.GetValue(archived), parsed.GetValue(limit)),
            parsed.GetValue(context.Json),
            cancellationToken));
    }

    private static string PathOf(string? query, string? type, string? tag, bool archived, int limit)
    {
        var parameters = new (string Name, string? Value)[]
        {
            ("query", query), ("typeName", type), ("classification", tag), ("excludeDeletedEntities", archived ? "false" : "true"),
            ("limit", limit.ToString(CultureInfo.InvariantCulture)),
        };
        return $"api/atlas/v2/search/basic?{string.Join('&', parameters.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"))}";
    }

    private static async Task<int> RunAsync(Terminal terminal, CatalogClient client, string path, bool asJson, CancellationToken cancellationToken)
    {
        Show(terminal, await client.ReadAsync(path, cancellationToken), asJson);
        return ExitCode.Done;
    }

    private static void Show(Terminal terminal, JsonElement answer, bool asJson)
    {
        var found = answer.Items("entities").ToList();
        foreach (var entity in found)
        {
            if (asJson)
            {
                terminal.Output.WriteLine(entity.GetRawText());
            }
            else
            {
                terminal.Write(Lines(entity));
            }
        }

        var total = answer.Number("approximateCount") ?? found.Count;
        if (total == 0)
        {
            terminal.Note("nothing found");
        }
        else if (total > found.Count)
        {
            terminal.Note($"{ValueText.Count(total)} found; ask for more with --limit");
        }
    }

    private static IEnumerable<TextLine> Lines(JsonElement entity)
    {
        var header = AssetHeader.Read(entity);
        yield return TextLine.Of(header.TypeName + " ")
            .With(ValueText.Printable(header.Name), Tone.Strong)
            .With(header.IsLive ? "" : "  archived", Tone.Removed);
        yield return TextLine.Of($"  {header.Guid}  {ValueText.Printable(header.QualifiedName)}", Tone.Faint);
    }
}
