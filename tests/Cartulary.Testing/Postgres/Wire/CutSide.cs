namespace Cartulary.Testing.Postgres.Wire;

/// <summary>Whose messages decide when a connection is cut.</summary>
public enum CutSide
{
    /// <summary>What the writer sends: the database never sees the rest.</summary>
    Writer,

    /// <summary>What the database answers: it may have carried out more than the writer learns.</summary>
    Database,

    /// <summary>
    /// What the writer sends, and its own side only: what it has sent, the commit included, reaches the database a second later,
    /// when the writer has long begun to ask what became of it.
    /// </summary>
    WriterBeforeArrival,
}
