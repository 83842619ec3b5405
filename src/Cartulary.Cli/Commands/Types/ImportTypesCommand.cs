using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Commands.Types;

/// <summary><c>cartulary types import</c>: makes the definitions of a file, and changes those that exist.</summary>
internal static class ImportTypesCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A bundle of definitions as JSON; - for standard input" };
        var command = new CliCommand("import", "Make the type definitions of a file, and change those that exist")
        {
            Examples = ["cartulary types import types.json", "cartulary types export | cartulary types import - --url http://other:21000"],
        };
        command.Arguments.Add(file);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var wanted = await ReadAsync(parsed.GetRequiredValue(file), cancellationToken);
            var present = await client.ListTypesAsync(category: null, cancellationToken);
            var known = wanted.ToLookup(type => present.Any(other => other.Means(type)));
            var (made, changed) = (0, 0);
            if (known[false].Any())
            {
                made = (await client.CreateTypesAsync(known[false], cancellationToken)).Length;
            }

            if (known[true].Any())
            {
                var after = await client.UpdateTypesAsync(known[true], cancellationToken);
                changed = after.Count(type => type.Version > present.First(other => other.Name == type.Name).Version);
            }

            context.Terminal.Write($"{wanted.Length} types: {made} made, {changed} changed, {wanted.Length - made - changed} unchanged");
            return ExitCode.Done;
        });
    }

    private static async Task<ImmutableArray<TypeEntry>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
        try
        {
            using var document = await JsonDocument.ParseAsync(stream, default, cancellationToken);
            ImmutableArray<TypeEntry> types = [.. TypeEntry.Of(document.RootElement.Clone())];
            return types.IsEmpty ? throw new UsageException($"{file} has none of the lists {string.Join(", ", TypeEntry.Lists)}") : types;
        }
        catch (JsonException problem)
        {
            throw new UsageException($"{file} is not JSON: {problem.Message}");
        }
    }
}
