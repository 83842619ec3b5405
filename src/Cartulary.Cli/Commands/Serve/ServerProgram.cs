namespace Cartulary.Cli.Commands.Serve;

/// <summary>The server inside this program.</summary>
internal static class ServerProgram
{
    /// <summary>Runs until it is told to stop; the result is the exit code.</summary>
    public static Task<int> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        throw new UsageException($"this build has no server to start with {string.Join(' ', arguments)}");
    }
}
