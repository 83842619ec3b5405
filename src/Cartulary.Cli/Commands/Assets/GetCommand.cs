using System.CommandLine;
using Cartulary.Cli.Client;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Assets;

/// <summary><c>cartulary get</c>: shows one asset.</summary>
internal static class GetCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var guid = new Argument<string?>("GUID") { Description = "The asset's guid", Arity = ArgumentArity.ZeroOrOne };
        var type = new Option<string?>("--type") { Description = "The asset's type, with --qualified-name", HelpName = "TYPE" };
        var name = new Option<string?>("--qualified-name") { Description = "The asset's qualified name, with --type", HelpName = "QN" };
        var command = new CliCommand("get", "Show an asset with its attributes and relationships")
        {
            Examples =
            [
                "cartulary get 0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01",
                "cartulary get --type Table --qualified-name default/sqlite/shop/shop/main/orders",
            ],
        };
        command.Arguments.Add(guid);
        command.Options.Add(type);
        command.Options.Add(name);
        return context.Talking(command, async (client, parsed, cancellationToken) =>
        {
            var found = (parsed.GetValue(guid), parsed.GetValue(type), parsed.GetValue(name)) switch
            {
                ({ } id, null, null) => await client.FindAsync(id, cancellationToken),
                (null, { } typeName, { } qualifiedName) => await client.FindAsync(typeName, qualifiedName, cancellationToken),
                _ => throw new UsageException("give either a GUID, or --type and --qualified-name"),
            };
            return Show(context.Terminal, found, parsed.GetValue(context.Json));
        });
    }

    private static int Show(Terminal terminal, AssetDocument? found, bool asJson)
    {
        if (found is null)
        {
            terminal.Fail("there is no such asset");
            return ExitCode.No;
        }

        if (asJson)
        {
            terminal.Output.WriteLine(found.Json.GetRawText());
        }
        else
        {
            terminal.Write(AssetText.Of(found));
        }

        return ExitCode.Done;
    }
}
