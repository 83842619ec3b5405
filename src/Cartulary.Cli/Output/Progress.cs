namespace Cartulary.Cli.Output;

/// <summary>
/// How far a long piece of work has come, on standard error: one line that renews itself on a terminal, otherwise a line now
/// and then. Quick work shows nothing in a log.
/// </summary>
internal sealed class Progress(Terminal terminal, TimeProvider clock, string what)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private long _last = clock.GetTimestamp();
    private bool _isOpen;

    /// <summary>Shows a new count.</summary>
    public void Show(int count)
    {
        var text = $"{what} {ValueText.Count(count)}";
        if (terminal.IsWatched)
        {
            terminal.Error.Write($"\r{text} ");
            _isOpen = true;
        }
        else if (clock.GetElapsedTime(_last) >= Pause)
        {
            _last = clock.GetTimestamp();
            terminal.Note(text);
        }
    }

    /// <summary>Clears the line that renews itself.</summary>
    public void End()
    {
        if (_isOpen)
        {
            terminal.Error.Write("\r\u001b[K");
            _isOpen = false;
        }
    }
}
