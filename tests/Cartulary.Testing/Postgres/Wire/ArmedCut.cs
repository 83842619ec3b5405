namespace Cartulary.Testing.Postgres.Wire;

/// <summary>A cut that waits for its message.</summary>
internal sealed class ArmedCut(Cut cut)
{
    private int _messages;
    private volatile bool _counts;

    public Cut Cut { get; } = cut;

    /// <summary>Where it was made; null when its save was over first.</summary>
    public TaskCompletionSource<string?> Place { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes note of the statement that begins.</summary>
    public void Begin(string statement) => _counts |= Cut.From is null || statement == Cut.From;

    /// <summary>Counts a message of one side; true for the one that the cut is at.</summary>
    public bool Meets(bool isFromWriter) =>
        _counts && isFromWriter == (Cut.Side != CutSide.Database) && ++_messages == Cut.Message;
}
