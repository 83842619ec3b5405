namespace Cartulary.Scenarios.ManyServers;

/// <summary>An asset as the model knows it.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Attributes">Its name and description.</param>
/// <param name="Table">The name of the table that it is under; null when it is under none.</param>
internal sealed record HistoryState(string Status, SortedDictionary<string, string> Attributes, string? Table)
{
    public bool IsSame(HistoryState other) =>
        Status == other.Status && Table == other.Table && Attributes.SequenceEqual(other.Attributes);
}
