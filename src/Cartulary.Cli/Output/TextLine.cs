using System.Collections.Immutable;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Cartulary.Cli.Output;

/// <summary>One line of output. It is never wrapped, so that what is piped or copied is what was meant.</summary>
internal sealed class TextLine : Renderable
{
    private readonly ImmutableArray<(string Text, Tone Tone)> _pieces;

    private TextLine(ImmutableArray<(string Text, Tone Tone)> pieces) => _pieces = pieces;

    /// <summary>A line without text.</summary>
    public static TextLine Blank { get; } = new([]);

    /// <summary>A line in one tone.</summary>
    public static TextLine Of(string text, Tone tone = Tone.Plain) => new([(text, tone)]);

    /// <summary>The line with more text at its end.</summary>
    public TextLine With(string text, Tone tone = Tone.Plain) => new(_pieces.Add((text, tone)));

    /// <summary>The line moved to the right.</summary>
    public TextLine Indented(int columns) => new(_pieces.Insert(0, (new string(' ', columns), Tone.Plain)));

    /// <summary>The text alone.</summary>
    public override string ToString() => string.Concat(_pieces.Select(piece => piece.Text));

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        foreach (var (text, tone) in _pieces)
        {
            yield return new Segment(text, StyleOf(tone));
        }

        yield return Segment.LineBreak;
    }

    private static Style StyleOf(Tone tone) => tone switch
    {
        Tone.Strong => new Style(decoration: Decoration.Bold),
        Tone.Faint => new Style(decoration: Decoration.Dim),
        Tone.Added => new Style(Color.Green),
        Tone.Removed => new Style(Color.Red),
        Tone.Changed => new Style(Color.Yellow),
        _ => Style.Plain,
    };
}
