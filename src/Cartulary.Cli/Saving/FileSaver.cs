using System.Runtime.CompilerServices;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Commands;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Saving;

/// <summary>Saves the assets of a file, or tries what that would do, and says how far it came when something fails.</summary>
internal sealed class FileSaver(CommandContext context, CatalogClient client, SaveTally tally, SaveManner manner)
{
    /// <summary>The version that the file's one asset must have, zero for none at all; null when it does not matter.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Saves and gives the exit code.</summary>
    /// <param name="file">The file; a minus sign stands for standard input.</param>
    /// <param name="limits">How large a request may become.</param>
    /// <param name="asJson">Whether receipts are written for programs.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    public async Task<int> RunAsync(string file, BatchLimits limits, bool asJson, CancellationToken cancellationToken)
    {
        var progress = new Progress(context.Terminal, context.Clock, manner == SaveManner.Trial ? "compared" : "saved");
        try
        {
            await using var saver = new BatchSaver(client, limits, tally, progress.Show, manner)
            {
                Receive = receipt =>
                {
                    progress.End();
                    tally.AddReceipt(receipt);
                    Show(receipt, asJson);
                },
            };
            await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            await foreach (var group in ReadAsync(stream, cancellationToken))
            {
                await AddAsync(saver, group, cancellationToken);
            }

            await saver.FlushAsync(referred: null, cancellationToken);
            return ExitCode.Done;
        }
        catch (Exception failure) when (tally.Items > 0 && manner != SaveManner.Trial
            && failure is CatalogException or EntityFileException or HttpRequestException or IOException)
        {
            progress.End();
            var code = failure is CatalogException refusal ? context.Refused(refusal, tally.Items) : Tell(failure);
            context.Terminal.Note($"The first {ValueText.Count(tally.Items)} items are saved. Saving them again does no harm: mend the rest and run it again.");
            return code == ExitCode.Failed ? ExitCode.Partial : code;
        }
        finally
        {
            progress.End();
        }
    }

    private IAsyncEnumerable<EntityGroup> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var groups = EntityFile.ReadAsync(stream, cancellationToken);
        return ExpectedVersion is { } version ? OnConditionAsync(groups, version, cancellationToken) : groups;
    }

    private static async IAsyncEnumerable<EntityGroup> OnConditionAsync(
        IAsyncEnumerable<EntityGroup> groups, long version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        EntityGroup? only = null;
        await foreach (var group in groups.WithCancellation(cancellationToken))
        {
            if (only is not null || group.Entities.Length != 1)
            {
                throw new UsageException("--expected-version goes with a file that holds one asset");
            }

            only = group with { Entities = [group.Entities[0].Expecting(version)] };
        }

        if (only is not null)
        {
            yield return only;
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

    private void Show(JsonElement receipt, bool asJson)
    {
        if (asJson)
        {
            context.Terminal.Output.WriteLine(receipt.GetRawText());
            return;
        }

        foreach (var line in ReceiptText.Of(receipt))
        {
            context.Terminal.Write(line);
        }
    }

    private int Tell(Exception failure)
    {
        context.Terminal.Fail(failure.Message);
        return ExitCode.Failed;
    }
}
