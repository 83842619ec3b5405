using System.CommandLine;
using System.Text;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Commands.Types;

/// <summary><c>cartulary types show</c>: shows a definition.</summary>
internal static class ShowTypeCommand
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "The definition's name, or of a tag or custom metadata the display name" };
        var command = new CliCommand("show", "Show a type definition as JSON") { Examples = ["cartulary types show Table"] };
        command.Arguments.Add(name);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var wanted = parsed.GetRequiredValue(name);
            var types = await client.ListTypesAsync(category: null, cancellationToken);
            if ((types.FirstOrDefault(type => type.Name == wanted) ?? types.FirstOrDefault(type => type.DisplayName == wanted)) is not { } found)
            {
                context.Terminal.Fail($"there is no type {wanted}; `cartulary types list --all` shows all");
                return ExitCode.No;
            }

            var text = parsed.GetValue(context.Json) ? found.Json.GetRawText() : Pretty(found);
            await context.Terminal.Output.WriteLineAsync(text.AsMemory(), cancellationToken);
            return ExitCode.Done;
        });
    }

    private static string Pretty(TypeEntry type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Indented))
        {
            type.Json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
