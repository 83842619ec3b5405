using System.CommandLine;
using System.Globalization;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Lineage;

/// <summary><c>cartulary lineage show</c>: what lies around an asset.</summary>
internal static class ShowLineageCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var asset = new Argument<string>("ASSET") { Description = $"The asset: {AssetText.Form}" };
        var direction = new Option<string>("--direction") { Description = "upstream, downstream or both", HelpName = "WAY", DefaultValueFactory = _ => "both" };
        direction.AcceptOnlyFromAmong("upstream", "downstream", "both");
        var depth = new Option<int>("--depth") { Description = "At most so many steps; 0 for as far as it goes", HelpName = "N", DefaultValueFactory = _ => 3 };
        var asOf = LineageCommand.AsOfOption();
        var command = new CliCommand("show", "Show what an asset is made of and what is made of it, with how many steps away each is")
        {
            Examples =
            [
                "cartulary lineage show Table/default/sqlite/shop/shop/main/orders",
                "cartulary lineage show 0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01 --direction downstream --depth 0",
            ],
        };
        command.Arguments.Add(asset);
        command.Options.Add(direction);
        command.Options.Add(depth);
        command.Options.Add(asOf);
        return context.Talking(command, (client, parsed, cancellationToken) => context.FindingAsync(async () =>
        {
            var guid = await AssetText.GuidAsync(client, parsed.GetValue(asset)!, cancellationToken);
            var way = parsed.GetValue(direction)! switch { "upstream" => "INPUT", "downstream" => "OUTPUT", _ => "BOTH" };
            var time = parsed.GetValue(asOf) is { } given ? $"&asOf={Uri.EscapeDataString(given)}" : "";
            var graph = await client.ReadAsync(
                string.Create(CultureInfo.InvariantCulture, $"api/meta/lineage/{guid}?direction={way}&depth={parsed.GetValue(depth)}{time}"), cancellationToken);
            if (parsed.GetValue(context.Json))
            {
                await context.Terminal.Output.WriteLineAsync(graph.GetRawText().AsMemory(), cancellationToken);
                return ExitCode.Done;
            }

            context.Terminal.Write(LineageText.OfGraph(graph, way));
            if (LineageText.WhyNotAll(graph) is { } reason)
            {
                context.Terminal.Note(reason);
            }

            return ExitCode.Done;
        }));
    }
}
