using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary>How the commands about webhooks write what came of them.</summary>
internal static class WebhookOutput
{
    /// <summary>A webhook after a change: for people one line, for programs all of it.</summary>
    public static Task<int> WriteAsync(CommandContext context, bool asJson, WebhookEntry webhook, CancellationToken cancellationToken) =>
        WriteAsync(context, asJson, webhook.Json, [WebhookText.Line(webhook)], cancellationToken);

    /// <summary>An answer: the lines for people, or the server's own words for programs.</summary>
    public static async Task<int> WriteAsync(
        CommandContext context, bool asJson, JsonElement json, IEnumerable<TextLine> lines, CancellationToken cancellationToken)
    {
        if (asJson)
        {
            await context.Terminal.Output.WriteLineAsync(json.GetRawText().AsMemory(), cancellationToken);
        }
        else
        {
            context.Terminal.Write(lines);
        }

        return ExitCode.Done;
    }

    /// <summary>Several answers, one after another.</summary>
    public static async Task<int> WriteAsync(
        CommandContext context, bool asJson, IEnumerable<JsonElement> items, Func<JsonElement, TextLine> line, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            await WriteAsync(context, asJson, item, [line(item)], cancellationToken);
        }

        return ExitCode.Done;
    }
}
