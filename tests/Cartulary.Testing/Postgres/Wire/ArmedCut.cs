namespace Cartulary.Testing.Postgres.Wire;

/// <summary>A cut that waits for its message.</summary>
internal sealed class ArmedCut(Cut cut)
{
    private int _messages;

    public Cut Cut { get; } = cut;

    /// <summary>Where it was made; null when its save was over first.</summary>
    public TaskCompletionSource<string?> Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Counts a message of one side; true for the one that the cut is at.</summary>
    public bool Meets(bool isFromWriter) => isFromWriter == (Cut.Side != CutSide.Database) && ++_messages == Cut.Message;
}
