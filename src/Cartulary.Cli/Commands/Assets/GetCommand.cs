using System.CommandLine;
using System.Globalization;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Assets;

/// <summary><c>cartulary get</c>: shows one asset.</summary>
internal static class GetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var asset = new AssetArguments();
        var version = new Option<long?>("--version") { Description = "The asset as it was at this version", HelpName = "N" };
        var time = new Option<string?>("--as-of") { Description = "The asset as it was at a time: ISO 8601, or milliseconds", HelpName = "TIME" };
        var command = new CliCommand("get", "Show an asset with its attributes and relationships")
        {
            Examples =
            [
                "cartulary get 0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01",
                "cartulary get --type Table --qualified-name default/sqlite/shop/shop/main/orders",
                "cartulary get 0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01 --version 3",
            ],
        };
        asset.AddTo(command);
        command.Options.Add(version);
        command.Options.Add(time);
        return context.Talking(command, (client, parsed, cancellationToken) => context.FindingAsync(async () =>
        {
            var path = asset.Read(parsed).At(
                "", ("version", parsed.GetValue(version)?.ToString(CultureInfo.InvariantCulture)), ("asOf", parsed.GetValue(time)));
            return Show(context.Terminal, new AssetDocument(await client.ReadAsync(path, cancellationToken)), parsed.GetValue(context.Json));
        }));
    }

    private static int Show(Terminal terminal, AssetDocument found, bool asJson)
    {
        if (asJson)
        {
            terminal.Output.WriteLine(found.Json.GetRawText());
        }
        else
        {
            terminal.Write(AssetText.Of(found));
        }

        return ExitCode.Done;
    }
}
