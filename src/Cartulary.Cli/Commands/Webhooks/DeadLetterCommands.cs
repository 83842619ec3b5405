using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Webhooks;

/// <summary><c>cartulary webhooks dead-letters</c> and <c>redrive</c>: events that were given up, and sending them again.</summary>
internal static class DeadLetterCommands
{
    /// <summary>Makes <c>dead-letters</c>.</summary>
    public static Command List(CommandContext context)
    {
        var after = new Option<long>("--after") { Description = "Only those after this sequence", HelpName = "N" };
        var limit = new Option<int>("--limit") { Description = "At most this many", HelpName = "N", DefaultValueFactory = _ => 100 };
        var command = new CliCommand("dead-letters", "Show events that were given up, and why") { Examples = ["cartulary webhooks dead-letters orders"] };
        command.Options.Add(after);
        command.Options.Add(limit);
        return new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) => await WebhookOutput.WriteAsync(
            context,
            parsed.GetValue(context.Json),
            await client.ListDeadLettersAsync(id, parsed.GetValue(after), parsed.GetValue(limit), cancellationToken),
            WebhookText.DeadLetter,
            cancellationToken));
    }

    /// <summary>Makes <c>redrive</c>.</summary>
    public static Command Redrive(CommandContext context)
    {
        var sequences = new Option<long[]>("--sequence")
        {
            Description = "Which events",
            HelpName = "N",
            AllowMultipleArgumentsPerToken = true,
        };
        var all = new Option<bool>("--all") { Description = "All of them" };
        var command = new CliCommand("redrive", "Send events again that were given up; they may be older than what the receiver has")
        {
            Examples = ["cartulary webhooks redrive orders --all", "cartulary webhooks redrive orders --sequence 48213 48219"],
        };
        command.Options.Add(sequences);
        command.Options.Add(all);
        return new WebhookArgument().Talking(context, command, async (client, id, parsed, cancellationToken) =>
        {
            var (chosen, isAll) = (parsed.GetValue(sequences) ?? [], parsed.GetValue(all));
            if (isAll != (chosen.Length == 0))
            {
                throw new UsageException("name either some events or all: cartulary webhooks redrive WEBHOOK --sequence N…, or --all");
            }

            var which = isAll
                ? new JsonObject { ["all"] = true }
                : new JsonObject { ["sequences"] = new JsonArray([.. chosen.Select(sequence => (JsonNode)sequence)]) };
            var count = await client.RedriveAsync(id, which, cancellationToken);
            context.Terminal.Write(parsed.GetValue(context.Json)
                ? string.Create(CultureInfo.InvariantCulture, $"{{\"redriven\":{count}}}")
                : $"{ValueText.Count(count)} sent again");
            return ExitCode.Done;
        });
    }
}
