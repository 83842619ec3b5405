using Cartulary.Server;

namespace Cartulary.Cli.Commands.Serve;

/// <summary>The server inside this program.</summary>
internal static class ServerProgram
{
    /// <summary>Runs until it is told to stop; the result is the exit code.</summary>
    public static async Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        await CartularyHost.RunAsync(arguments, cancellationToken);
        return ExitCode.Done;
    }
}
