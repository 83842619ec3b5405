using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;
using Cartulary.Cli.Saving;
using Cartulary.Cli.Sources;

namespace Cartulary.Cli.Commands.Crawl;

/// <summary>Runs a crawl on the command line: shows how far it is and what it did, and gives the exit code.</summary>
internal sealed class CrawlRun(CommandContext context, CatalogClient client, SweepGuard guard, bool isTrial, bool asJson)
{
    private readonly Progress _progress = new(context.Terminal, context.Clock, isTrial ? "compared" : "saved");
    private readonly SaveTally _tally = new();

    /// <summary>Crawls the source.</summary>
    public async Task<int> RunAsync(ISource source, CancellationToken cancellationToken)
    {
        var crawl = new Sources.Crawl(client, guard, _progress.Show) { IsTrial = isTrial, Receive = ShowReceipt, Tell = Tell };
        try
        {
            var result = await crawl.RunAsync(source, _tally, cancellationToken);
            _progress.End();
            var names = new NameBook(client);
            foreach (var told in result.Events)
            {
                await names.LearnAsync(told, cancellationToken);
            }

            Show(result, names);
            return result.Warnings.IsEmpty ? ExitCode.Done : ExitCode.Partial;
        }
        catch (Exception failure) when (_tally.Items > 0 && !isTrial && failure is HttpRequestException or CatalogException or SourceException)
        {
            _progress.End();
            return CutOff(failure);
        }
        finally
        {
            _progress.End();
        }
    }

    private int CutOff(Exception failure)
    {
        var code = failure is CatalogException refusal ? context.Refused(refusal, _tally.Items) : ExitCode.Failed;
        if (failure is not CatalogException)
        {
            context.Terminal.Fail(ValueText.Printable(failure.Message));
        }

        context.Terminal.Note($"{ValueText.Count(_tally.Items)} assets are saved, nothing was archived or not all of it. Run the crawl again to finish it.");
        return code == ExitCode.Failed ? ExitCode.Partial : code;
    }

    private void Tell(string text)
    {
        _progress.End();
        context.Terminal.Note(ValueText.Printable(text));
    }

    private void ShowReceipt(JsonElement receipt)
    {
        _progress.End();
        if (asJson)
        {
            context.Terminal.Output.WriteLine(receipt.GetRawText());
            return;
        }

        context.Terminal.Write(ReceiptText.Of(receipt));
    }

    private void Show(CrawlResult result, NameBook names)
    {
        foreach (var warning in result.Warnings)
        {
            context.Terminal.Warn(ValueText.Printable(warning));
        }

        if (asJson)
        {
            context.Terminal.Output.WriteLine(CrawlText.Json(result).ToJsonString());
            return;
        }

        context.Terminal.Write(TextLine.Of($"connection {result.ConnectionQualifiedName}", Tone.Faint));
        context.Terminal.Write(CrawlText.Of(result, names));
    }
}
