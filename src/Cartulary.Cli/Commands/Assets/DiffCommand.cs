using System.CommandLine;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Assets;

/// <summary>
/// <c>cartulary diff</c>: shows what differs, between two versions of one asset or between a file and the catalog, and tells by
/// its exit code whether anything does.
/// </summary>
internal static class DiffCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var asset = new AssetArguments();
        var from = new Option<string?>("--from")
        {
            Description = "A version, or a time in ISO 8601 [default: the version before the other one]",
            HelpName = "N",
        };
        var to = new Option<string?>("--to") { Description = "A version, or a time in ISO 8601 [default: now]", HelpName = "N" };
        var file = CompareCommand.FileOption();
        var batch = SaveCommand.BatchOption();
        var command = new CliCommand(
            "diff", "Show what differs between two versions of an asset, or what saving a file would change; exit code 0 when nothing, 1 when something")
        {
            Examples =
            [
                "cartulary diff 0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01 --from 1 --to 4",
                "cartulary diff --type Table --qualified-name default/sqlite/shop/shop/main/orders --from 2026-11-01",
                "cartulary diff -f assets.json",
                "cartulary diff -f assets.json --json | jq -r .qualifiedName",
            ],
        };
        asset.AddTo(command);
        command.Options.Add(from);
        command.Options.Add(to);
        command.Options.Add(file);
        command.Options.Add(batch);
        return context.Talking(command, (client, parsed, cancellationToken) =>
        {
            var isNamed = asset.IsGiven(parsed) || parsed.GetValue(from) is not null || parsed.GetValue(to) is not null;
            return (parsed.GetValue(file), isNamed) switch
            {
                ({ } path, false) => CompareCommand.RunAsync(context, client, path, parsed.GetValue(batch), parsed.GetValue(context.Json), cancellationToken),
                (null, true) => context.FindingAsync(() => RunAsync(
                    context.Terminal,
                    client,
                    asset.Read(parsed).At("/diff", ("from", parsed.GetValue(from)), ("to", parsed.GetValue(to))),
                    parsed.GetValue(context.Json),
                    cancellationToken)),
                _ => throw new UsageException("name either an asset or a file to compare: cartulary diff GUID, or cartulary diff -f FILE"),
            };
        });
    }

    private static async Task<int> RunAsync(Terminal terminal, CatalogClient client, string path, bool asJson, CancellationToken cancellationToken)
    {
        var difference = await client.ReadAsync(path, cancellationToken);
        if (asJson)
        {
            await terminal.Output.WriteLineAsync(difference.GetRawText().AsMemory(), cancellationToken);
        }
        else
        {
            var names = new NameBook(client);
            await names.LearnAsync(FeedEvent.RelatedIn(difference.Member("mutatedDetails") ?? default), cancellationToken);
            terminal.Write(HistoryText.OfDifference(difference, names));
        }

        return difference.Member("differs") is { ValueKind: JsonValueKind.True } ? ExitCode.No : ExitCode.Done;
    }
}
