using Spectre.Console;

namespace Cartulary.Cli.Output;

/// <summary>
/// Where a command writes: data to standard output, everything else to standard error. Colour is used only on a terminal
/// and never when NO_COLOR is set. What a terminal can do is asked when something is written to it first: a server writes nothing.
/// </summary>
internal sealed class Terminal
{
    private readonly Lazy<IAnsiConsole> _output;
    private readonly Lazy<IAnsiConsole> _error;

    private Terminal(TextWriter output, TextWriter error, AnsiSupport ansi)
    {
        Output = output;
        Error = error;
        _output = new(() => Create(output, ansi));
        _error = new(() => Create(error, ansi));
    }

    /// <summary>Standard output, for text that must stay exactly as it is.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>What a person types; null when nobody does.</summary>
    public TextReader? Input { get; private init; }

    /// <summary>Whether a person watches standard error.</summary>
    public bool IsWatched { get; private init; }

    /// <summary>The terminal or pipe of this process.</summary>
    public static Terminal OfProcess() =>
        new(Console.Out, Console.Error, AnsiSupport.Detect) { IsWatched = !Console.IsErrorRedirected, Input = Console.IsInputRedirected ? null : Console.In };

    /// <summary>A terminal that writes plain text somewhere else, and at which somebody types if there is an input.</summary>
    public static Terminal Plain(TextWriter output, TextWriter error, TextReader? input = null) => new(output, error, AnsiSupport.No) { Input = input };

    /// <summary>Writes a line of data.</summary>
    public void Write(TextLine line) => _output.Value.Write(line);

    /// <summary>Writes lines of data.</summary>
    public void Write(IEnumerable<TextLine> lines)
    {
        foreach (var line in lines)
        {
            Write(line);
        }
    }

    /// <summary>Writes a line of data in one tone.</summary>
    public void Write(string text, Tone tone = Tone.Plain) => Write(TextLine.Of(text, tone));

    /// <summary>Tells the user something beside the data.</summary>
    public void Note(string text) => _error.Value.Write(TextLine.Of(text, Tone.Faint));

    /// <summary>Tells the user that something was left out.</summary>
    public void Warn(string text) => _error.Value.Write(TextLine.Of("warning: ", Tone.Changed).With(text));

    /// <summary>Tells the user that something went wrong.</summary>
    public void Fail(string text) => _error.Value.Write(TextLine.Of("error: ", Tone.Removed).With(text));

    private static IAnsiConsole Create(TextWriter writer, AnsiSupport ansi) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = ansi,
        ColorSystem = ansi == AnsiSupport.No ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Interactive = InteractionSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });
}
