using System.CommandLine;
using System.Text.Json.Nodes;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Commands.Assets;

/// <summary><c>cartulary save</c>: saves assets from a file or from standard input.</summary>
internal static class SaveCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE")
        {
            Description = "JSON: a request ({\"entities\":[…]}), a list of assets, one asset, or JSON Lines; - reads standard input",
        };
        var batch = BatchOption();
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would change, and change nothing" };
        var receipts = new Option<bool>("--receipts") { Description = "Show what changed of each asset" };
        var expected = new Option<long?>("--expected-version")
        {
            Description = "Save the file's one asset only if this is its version; 0 when it must not exist",
            HelpName = "N",
        };
        var command = new CliCommand("save", "Save assets; what is unchanged stays as it is and causes no event")
        {
            Examples =
            [
                "cartulary save assets.json",
                "cartulary save assets.json --dry-run          what would change",
                "cartulary save assets.jsonl --batch 2000",
                "jq -c '.entities[]' assets.json | cartulary save -",
            ],
        };
        command.Arguments.Add(file);
        command.Options.Add(batch);
        command.Options.Add(dryRun);
        command.Options.Add(receipts);
        command.Options.Add(expected);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var manner = parsed.GetValue(dryRun) ? SaveManner.Trial : parsed.GetValue(receipts) ? SaveManner.WithReceipts : SaveManner.Plain;
            var (tally, asJson) = (new SaveTally(), parsed.GetValue(context.Json));
            var saver = new FileSaver(context, client, tally, manner) { ExpectedVersion = parsed.GetValue(expected) };
            var code = await saver.RunAsync(
                parsed.GetRequiredValue(file), BatchLimits.Of(parsed.GetValue(batch), manner), asJson, cancellationToken);
            Summarize(context.Terminal, tally, manner, asJson);
            return code;
        });
    }

    /// <summary>How many assets one request may hold; null when the user does not say.</summary>
    public static Option<int?> BatchOption()
    {
        var batch = new Option<int?>("--batch")
        {
            Description = $"Most assets in one request, which is one transaction (1 to 10,000) [default: {new BatchLimits().Assets}; 10,000 where nothing is saved]; a request also ends at 8 MiB",
            HelpName = "N",
        };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 10_000)
            {
                result.AddError("--batch takes a number from 1 to 10,000");
            }
        });
        return batch;
    }

    private static void Summarize(Terminal terminal, SaveTally tally, SaveManner manner, bool asJson)
    {
        if (asJson)
        {
            var summary = new JsonObject
            {
                ["assets"] = tally.Sent,
                ["created"] = tally.Created.Count,
                ["updated"] = tally.Updated,
                ["unchanged"] = tally.Unchanged,
            };
            if (manner == SaveManner.Trial)
            {
                summary["dryRun"] = true;
            }

            terminal.Output.WriteLine(summary.ToJsonString());
            return;
        }

        var would = manner == SaveManner.Trial ? "would be " : "";
        terminal.Write(TextLine.Of($"{ValueText.Count(tally.Sent)} assets: ", Tone.Strong).With(
            $"{ValueText.Count(tally.Created.Count)} {would}created, {ValueText.Count(tally.Updated)} updated, {ValueText.Count(tally.Unchanged)} unchanged"));
    }
}
