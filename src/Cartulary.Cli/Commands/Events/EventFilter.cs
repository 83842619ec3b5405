using System.CommandLine;
using Cartulary.Cli.Client;

namespace Cartulary.Cli.Commands.Events;

/// <summary>The options that say which events are wanted.</summary>
internal sealed class EventFilter
{
    private readonly Option<long?> _after = new("--after") { Description = "Only events after this sequence", HelpName = "N" };

    private readonly Option<string?> _type =
        new("--type") { Description = "Only assets of this type and its subtypes", HelpName = "TYPE" };

    private readonly Option<string?> _guid = new("--guid") { Description = "Only this asset", HelpName = "GUID" };

    private readonly Option<string?> _operation =
        new("--operation") { Description = "Only this kind of event, for example ENTITY_UPDATE", HelpName = "OP" };

    private readonly Option<string?> _prefix =
        new("--prefix") { Description = "Only assets whose qualified name begins so", HelpName = "QN" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_after);
        command.Options.Add(_type);
        command.Options.Add(_guid);
        command.Options.Add(_operation);
        command.Options.Add(_prefix);
    }

    /// <summary>What the options ask for.</summary>
    public FeedRequest Read(ParseResult parsed) => new()
    {
        After = parsed.GetValue(_after),
        TypeName = parsed.GetValue(_type),
        Guid = parsed.GetValue(_guid),
        Operation = parsed.GetValue(_operation)?.ToUpperInvariant(),
        Prefix = parsed.GetValue(_prefix),
    };
}
