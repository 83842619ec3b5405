using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Assets;

/// <summary><c>cartulary blame</c>: who last changed each part of one asset.</summary>
internal static class BlameCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var asset = new AssetArguments();
        var command = new CliCommand("blame", "Show which version last changed each part of an asset, and who saved it")
        {
            Examples =
            [
                "cartulary blame 0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01",
                "cartulary blame --type Table --qualified-name default/sqlite/shop/shop/main/orders",
            ],
        };
        asset.AddTo(command);
        return context.Talking(command, (client, parsed, cancellationToken) => context.FindingAsync(() =>
            RunAsync(context.Terminal, client, asset.Read(parsed), parsed.GetValue(context.Json), cancellationToken)));
    }

    /// <summary>Pages go back in time, so what an earlier one has said stays.</summary>
    private static async Task<int> RunAsync(Terminal terminal, CatalogClient client, AssetName asset, bool asJson, CancellationToken cancellationToken)
    {
        var parts = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        string? before = null;
        do
        {
            var page = await client.ReadAsync(asset.At("/blame", ("before", before)), cancellationToken);
            if (asJson)
            {
                await terminal.Output.WriteLineAsync(page.GetRawText().AsMemory(), cancellationToken);
            }

            foreach (var (name, change) in HistoryText.Parts(page))
            {
                parts.TryAdd(name, change);
            }

            before = page.Number("next")?.ToString(CultureInfo.InvariantCulture);
        }
        while (before is not null);

        if (!asJson)
        {
            terminal.Write(HistoryText.OfBlame(parts));
        }

        return ExitCode.Done;
    }
}
