using Cartulary.Server.Hosting;

namespace Cartulary.Server;

/// <summary>The server, for programs that start it.</summary>
public static class CartularyHost
{
    /// <summary>
    /// Runs a server until the process is told to stop or the token is cancelled, then finishes the requests under way.
    /// Prints one line with its address on standard output when it is ready, before it the first key if one had to be made.
    /// </summary>
    /// <param name="args">Settings as on a command line, for example <c>--urls http://127.0.0.1:21000 --data DIR</c>.</param>
    /// <param name="cancellationToken">Stops the server.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting cannot be used.</exception>
    public static async Task RunAsync(string[] args, CancellationToken cancellationToken)
    {
        await using var server = await Launch.StartAsync(args, Console.Out, TimeProvider.System, cancellationToken);
        await server.WaitForShutdownAsync(cancellationToken);
    }
}
