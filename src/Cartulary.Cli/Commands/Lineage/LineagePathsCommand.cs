using System.CommandLine;
using System.Globalization;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Lineage;

/// <summary><c>cartulary lineage paths</c>: the ways over which data goes from an asset to another.</summary>
internal static class LineagePathsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var from = new Argument<string>("FROM") { Description = $"Where data comes from: {AssetText.Form}" };
        var to = new Argument<string>("TO") { Description = "Where it goes, named likewise" };
        var length = new Option<int>("--max-length") { Description = "Only paths of at most so many steps", HelpName = "N", DefaultValueFactory = _ => 20 };
        var limit = new Option<int>("--limit") { Description = "At most so many paths", HelpName = "N", DefaultValueFactory = _ => 10 };
        var asOf = LineageCommand.AsOfOption();
        var command = new CliCommand("paths", "Show the paths from one asset to another, the shortest first")
        {
            Examples = ["cartulary lineage paths Table/demo/orders Table/demo/report", "cartulary lineage paths Table/demo/orders Table/demo/report --limit 1 --json"],
        };
        command.Arguments.Add(from);
        command.Arguments.Add(to);
        command.Options.Add(length);
        command.Options.Add(limit);
        command.Options.Add(asOf);
        return context.Talking(command, (client, parsed, cancellationToken) => context.FindingAsync(async () =>
        {
            var start = await AssetText.GuidAsync(client, parsed.GetValue(from)!, cancellationToken);
            var end = await AssetText.GuidAsync(client, parsed.GetValue(to)!, cancellationToken);
            var time = parsed.GetValue(asOf) is { } given ? $"&asOf={Uri.EscapeDataString(given)}" : "";
            var query = string.Create(
                CultureInfo.InvariantCulture, $"from={start}&to={end}&maxLength={parsed.GetValue(length)}&limit={parsed.GetValue(limit)}{time}");
            var paths = await client.ReadAsync($"api/lineage/paths?{query}", cancellationToken);
            if (parsed.GetValue(context.Json))
            {
                await context.Terminal.Output.WriteLineAsync(paths.GetRawText().AsMemory(), cancellationToken);
            }
            else
            {
                context.Terminal.Write(LineageText.OfPaths(paths));
                if (LineageText.WhyNotAll(paths) is { } reason)
                {
                    context.Terminal.Note(reason);
                }
            }

            return paths.Items("paths").Any() ? ExitCode.Done : ExitCode.No;
        }));
    }
}
