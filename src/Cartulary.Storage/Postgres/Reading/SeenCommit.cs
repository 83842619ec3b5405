namespace Cartulary.Storage.Postgres.Reading;

/// <summary>The newest commit that this process has seen, to notice a database that has lost it.</summary>
/// <param name="LogId">The log it was seen in.</param>
/// <param name="Number">Its number.</param>
/// <param name="SaveId">Its save.</param>
internal sealed record SeenCommit(Guid LogId, long Number, Guid SaveId)
{
    /// <summary>
    /// Whether a database shows that it has lost the commit: it has not come so far, or another save stands in its place.
    /// </summary>
    /// <param name="now">The database's last commit.</param>
    /// <param name="inPlace">The save that has the number there; null when it has been trimmed.</param>
    public bool IsLostIn(SeenCommit now, Guid? inPlace) =>
        Number > 0 && LogId == now.LogId && (now.Number < Number || (inPlace is { } save && save != SaveId));
}
