using System.Globalization;
using Cartulary.Cli.Output;

namespace Cartulary.Cli.Commands.Verify;

/// <summary>Says now and then how far the folding has come.</summary>
internal sealed class EventProgress(Terminal terminal) : IProgress<long>
{
    private const long Step = 50_000;
    private long _next = Step;

    /// <inheritdoc/>
    public void Report(long value)
    {
        if (value >= _next)
        {
            terminal.Note(string.Create(CultureInfo.InvariantCulture, $"{value:N0} events folded"));
            _next = value + Step;
        }
    }
}
