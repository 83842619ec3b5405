using System.CommandLine;

namespace Cartulary.Cli.Commands.Keys;

/// <summary><c>cartulary keys</c>: the commands about API keys.</summary>
internal static class KeysCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context) => new("keys", "Make, list and revoke API keys")
    {
        CreateKeyCommand.Create(context),
        ListKeysCommand.Create(context),
        RevokeKeyCommand.Create(context),
    };
}
