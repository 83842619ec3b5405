using System.CommandLine;

namespace Cartulary.Cli.Commands.Keys;

/// <summary><c>cartulary keys create</c>: makes a key and shows it once.</summary>
internal static class CreateKeyCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "Whom or what the key is for; events show it as the actor" };
        var role = new Option<string>("--role") { Description = "What its holder may do", HelpName = "ROLE", Required = true };
        role.AcceptOnlyFromAmong("administrator", "editor", "read-only");
        var command = new CliCommand("create", "Make a key; its text is shown this once")
        {
            Examples = ["cartulary keys create crawler --role editor", "cartulary keys create dashboard --role read-only > dashboard.key"],
        };
        command.Arguments.Add(name);
        command.Options.Add(role);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var made = await client.CreateKeyAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(role), cancellationToken);
            if (parsed.GetValue(context.Json))
            {
                await context.Terminal.Output.WriteLineAsync(made.Json.GetRawText().AsMemory(), cancellationToken);
            }
            else
            {
                await context.Terminal.Output.WriteLineAsync((made.Secret ?? "").AsMemory(), cancellationToken);
                context.Terminal.Note($"key {made.Id} for {made.Name} ({made.Role}); its text is not shown again");
            }

            return ExitCode.Done;
        });
    }
}
