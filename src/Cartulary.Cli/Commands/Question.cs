using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands;

/// <summary>Asks the person at the terminal before something is done that cannot be taken back.</summary>
internal static class Question
{
    /// <summary>Gives the input of whoever is there.</summary>
    /// <exception cref="UsageException">Nobody is there.</exception>
    public static TextReader RequireSomebody(Terminal terminal) =>
        terminal.Input ?? throw new UsageException("nobody is there to be asked: give --yes to delete without a question");

    /// <summary>Whether the answer is yes.</summary>
    /// <exception cref="UsageException">Nobody is there.</exception>
    public static async Task<bool> AskAsync(Terminal terminal, string question, CancellationToken cancellationToken)
    {
        var input = RequireSomebody(terminal);
        await terminal.Error.WriteAsync($"{question} [y/N] ".AsMemory(), cancellationToken);
        await terminal.Error.FlushAsync(cancellationToken);
        return (await input.ReadLineAsync(cancellationToken))?.Trim() is "y" or "Y" or "yes";
    }
}
