using System.CommandLine;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Keys;

/// <summary><c>cartulary keys list</c>: shows all keys, without their texts, which nobody has.</summary>
internal static class ListKeysCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new CliCommand("list", "Show all keys, revoked ones included") { Examples = ["cartulary keys list"] };
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            foreach (var key in await client.ListKeysAsync(cancellationToken))
            {
                if (parsed.GetValue(context.Json))
                {
                    await context.Terminal.Output.WriteLineAsync(key.Json.GetRawText().AsMemory(), cancellationToken);
                }
                else
                {
                    var state = key.Revoked is { } revoked ? $"revoked {KeyTime.Of(revoked)}" : "in use";
                    context.Terminal.Write(
                        $"{key.Id}  {key.Role,-13}  made {KeyTime.Of(key.Created)}  {state}  {key.Name}", key.Revoked is null ? Tone.Plain : Tone.Faint);
                }
            }

            return ExitCode.Done;
        });
    }
}
