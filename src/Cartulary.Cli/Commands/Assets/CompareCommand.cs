using System.CommandLine;
using System.Text.Json.Nodes;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Commands.Assets;

/// <summary><c>cartulary diff -f FILE</c>: whether the catalog is as a file says.</summary>
internal static class CompareCommand
{
    /// <summary>The option that names the file.</summary>
    public static Option<string?> FileOption() => new("--file", "-f")
    {
        Description = "Assets in any form that `save` reads; - reads standard input",
        HelpName = "FILE",
    };

    /// <summary>Compares; the exit code says whether they are the same.</summary>
    public static async Task<int> RunAsync(
        CommandContext context, CatalogClient client, string file, int? batch, bool asJson, CancellationToken cancellationToken)
    {
        var tally = new SaveTally();
        var saver = new FileSaver(context, client, tally, SaveManner.Trial);
        var code = await saver.RunAsync(file, BatchLimits.Of(batch, SaveManner.Trial), asJson, cancellationToken);
        if (code != ExitCode.Done)
        {
            return code;
        }

        if (asJson)
        {
            var summary = new JsonObject { ["assets"] = tally.Sent, ["differ"] = tally.Differing };
            await context.Terminal.Output.WriteLineAsync(summary.ToJsonString().AsMemory(), cancellationToken);
        }
        else
        {
            context.Terminal.Write(TextLine.Of($"{ValueText.Count(tally.Sent)} assets: ", Tone.Strong).With(
                tally.Differing == 0 ? "the catalog is as the file says" : $"{ValueText.Count(tally.Differing)} differ from the catalog"));
        }

        return tally.Differing == 0 ? ExitCode.Done : ExitCode.No;
    }
}
