using System.CommandLine;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Commands.Assets;

/// <summary>How a command is told which asset: a guid, or a type and a qualified name.</summary>
internal sealed class AssetArguments
{
    private readonly Argument<string?> _guid = new("GUID") { Description = "The asset's guid", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _type = new("--type") { Description = "The asset's type, with --qualified-name", HelpName = "TYPE" };
    private readonly Option<string?> _name = new("--qualified-name") { Description = "The asset's qualified name, with --type", HelpName = "QN" };

    /// <summary>Adds the argument and the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_guid);
        command.Options.Add(_type);
        command.Options.Add(_name);
    }

    /// <summary>Whether any of it was given.</summary>
    public bool IsGiven(ParseResult parsed) =>
        parsed.GetValue(_guid) is not null || parsed.GetValue(_type) is not null || parsed.GetValue(_name) is not null;

    /// <summary>The asset that was named.</summary>
    /// <exception cref="UsageException">None was named, or two.</exception>
    public AssetName Read(ParseResult parsed) => (parsed.GetValue(_guid), parsed.GetValue(_type), parsed.GetValue(_name)) switch
    {
        ({ } guid, null, null) => AssetName.Of(guid),
        (null, { } typeName, { } qualifiedName) => AssetName.Of(typeName, qualifiedName),
        _ => throw new UsageException("give either a GUID, or --type and --qualified-name"),
    };
}
