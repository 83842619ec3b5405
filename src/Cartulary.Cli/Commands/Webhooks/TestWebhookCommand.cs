using System.CommandLine;
using System.Text.Json;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks test</c>: sends a message that is no event; the exit code tells whether it was taken.</summary>
internal static class TestWebhookCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new CliCommand("test", "Send a message that is no event; exit code 1 when the receiver did not take it")
        {
            Examples = ["cartulary webhooks test orders"],
        };
        return new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) =>
        {
            var result = await client.TestWebhookAsync(id, cancellationToken);
            await WebhookOutput.WriteAsync(context, parsed.GetValue(context.Json), result, [Line(result)], cancellationToken);
            return IsDelivered(result) ? ExitCode.Done : ExitCode.No;
        });
    }

    private static bool IsDelivered(JsonElement result) => result.Member("delivered") is { ValueKind: JsonValueKind.True };

    private static TextLine Line(JsonElement result)
    {
        var status = result.Number("status") is { } number ? $" with status {number}" : "";
        var outcome = IsDelivered(result) ? $"taken{status}" : $"not taken: {result.Text("class")}{status}";
        return TextLine.Of(outcome, IsDelivered(result) ? Tone.Added : Tone.Removed)
            .With($"  {result.Number("durationMs")} ms", Tone.Faint)
            .With(result.Text("response") is { Length: > 0 } response ? $"  {ValueText.Printable(response)}" : "", Tone.Faint);
    }
}
