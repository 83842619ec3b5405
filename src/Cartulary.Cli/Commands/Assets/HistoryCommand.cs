using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Assets;

/// <summary><c>cartulary history</c>: the versions of one asset.</summary>
internal static class HistoryCommand
{
    private const int MostInOneAnswer = 100;

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var asset = new AssetArguments();
        var limit = new Option<int>("--limit") { Description = "At most this many versions", HelpName = "N", DefaultValueFactory = _ => 50 };
        var before = new Option<long?>("--before") { Description = "Only versions below this one", HelpName = "N" };
        var command = new CliCommand("history", "Show the versions of an asset, the newest first, with what each changed")
        {
            Examples =
            [
                "cartulary history 0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01",
                "cartulary history --type Table --qualified-name default/sqlite/shop/shop/main/orders --limit 5",
            ],
        };
        asset.AddTo(command);
        command.Options.Add(limit);
        command.Options.Add(before);
        return context.Talking(command, (client, parsed, cancellationToken) => context.FindingAsync(() => RunAsync(
            context.Terminal,
            client,
            asset.Read(parsed),
            parsed.GetValue(before),
            parsed.GetValue(limit),
            parsed.GetValue(context.Json),
            cancellationToken)));
    }

    private static async Task<int> RunAsync(
        Terminal terminal, CatalogClient client, AssetName asset, long? before, int limit, bool asJson, CancellationToken cancellationToken)
    {
        for (var left = limit; left > 0;)
        {
            var page = await client.ReadAsync(
                asset.At("/versions", ("before", Text(before)), ("limit", Text(Math.Min(left, MostInOneAnswer)))), cancellationToken);
            Show(terminal, page, asJson);
            before = page.Number("next");
            if (before is null)
            {
                return ExitCode.Done;
            }

            left -= MostInOneAnswer;
        }

        terminal.Note($"there is more: go on with --before {Text(before)}");
        return ExitCode.Done;
    }

    private static void Show(Terminal terminal, JsonElement page, bool asJson)
    {
        foreach (var version in page.Items("versions"))
        {
            if (asJson)
            {
                terminal.Output.WriteLine(version.GetRawText());
            }
            else
            {
                terminal.Write(HistoryText.OfVersion(version));
            }
        }
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
