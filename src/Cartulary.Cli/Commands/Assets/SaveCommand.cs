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
        var batch = new Option<int>("--batch")
        {
            Description = "Most assets in one request, which is one transaction (1 to 10,000); a request also ends at 8 MiB",
            HelpName = "N",
            DefaultValueFactory = _ => new BatchLimits().Assets,
        };
        batch.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--batch takes a number from 1 to 10,000");
            }
        });
        var command = new CliCommand("save", "Save assets; what is unchanged stays as it is and causes no event")
        {
            Examples =
            [
                "cartulary save assets.json",
                "cartulary save assets.jsonl --batch 2000",
                "jq -c '.entities[]' assets.json | cartulary save -",
            ],
        };
        command.Arguments.Add(file);
        command.Options.Add(batch);
        return context.Talking(command, (client, parsed, cancellationToken) => RunAsync(
            context,
            client,
            parsed.GetRequiredValue(file),
            new BatchLimits(parsed.GetValue(batch)),
            parsed.GetValue(context.Json),
            cancellationToken));
    }

    private static async Task<int> RunAsync(
        CommandContext context, CatalogClient client, string file, BatchLimits limits, bool asJson, CancellationToken cancellationToken)
    {
        var tally = new SaveTally();
        var progress = new Progress(context.Terminal, context.Clock, "saved");
        var code = await SaveAsync(context, new BatchSaver(client, limits, tally, progress.Show), file, tally, progress, cancellationToken);
        Summarize(context.Terminal, tally, asJson);
        return code;
    }

    private static async Task<int> SaveAsync(
        CommandContext context, BatchSaver saver, string file, SaveTally tally, Progress progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            await foreach (var group in EntityFile.ReadAsync(stream, cancellationToken))
            {
                await AddAsync(saver, group, cancellationToken);
            }

            await saver.FlushAsync(referred: null, cancellationToken);
            return ExitCode.Done;
        }
        catch (Exception failure) when (tally.Items > 0
            && failure is CatalogException or EntityFileException or HttpRequestException or IOException)
        {
            progress.End();
            var code = failure is CatalogException refusal ? context.Refused(refusal, tally.Items) : Tell(context.Terminal, failure);
            context.Terminal.Note($"The first {ValueText.Count(tally.Items)} items are saved. Saving them again does no harm: mend the rest and run it again.");
            return code == ExitCode.Failed ? ExitCode.Partial : code;
        }
        finally
        {
            progress.End();
        }
    }

    // A request with referred entities is kept apart from its neighbours, so that nothing is referred to by mistake.
    private static async Task AddAsync(BatchSaver saver, EntityGroup group, CancellationToken cancellationToken)
    {
        if (group.Referred is not null)
        {
            await saver.FlushAsync(referred: null, cancellationToken);
        }

        foreach (var entity in group.Entities)
        {
            await saver.AddAsync(entity, group.Referred, cancellationToken);
        }

        if (group.Referred is not null)
        {
            await saver.FlushAsync(group.Referred, cancellationToken);
        }
    }

    private static int Tell(Terminal terminal, Exception failure)
    {
        terminal.Fail(failure.Message);
        return ExitCode.Failed;
    }

    private static void Summarize(Terminal terminal, SaveTally tally, bool asJson)
    {
        if (asJson)
        {
            terminal.Output.WriteLine(new JsonObject
            {
                ["assets"] = tally.Sent,
                ["created"] = tally.Created.Count,
                ["updated"] = tally.Updated,
                ["unchanged"] = tally.Unchanged,
            }.ToJsonString());
            return;
        }

        terminal.Write(TextLine.Of($"{ValueText.Count(tally.Sent)} assets: ", Tone.Strong).With(
            $"{ValueText.Count(tally.Created.Count)} created, {ValueText.Count(tally.Updated)} updated, {ValueText.Count(tally.Unchanged)} unchanged"));
    }
}
