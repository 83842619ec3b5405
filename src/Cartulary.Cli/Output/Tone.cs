namespace Cartulary.Cli.Output;

/// <summary>What a piece of text means to its reader; a terminal shows it as a colour, plain text leaves it out.</summary>
internal enum Tone
{
    /// <summary>Ordinary text.</summary>
    Plain,

    /// <summary>What a line is about.</summary>
    Strong,

    /// <summary>Beside the point, such as times and ids.</summary>
    Faint,

    /// <summary>Something that is new.</summary>
    Added,

    /// <summary>Something that is gone.</summary>
    Removed,

    /// <summary>Something that differs.</summary>
    Changed,
}
