namespace Cartulary.Scenarios.ManyServers;

/// <summary>What a client of the history asks for.</summary>
/// <param name="Id">The name that its events repeat.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Type">The asset's type.</param>
/// <param name="Target">The asset's name.</param>
/// <param name="Attributes">The attributes it says.</param>
/// <param name="Table">The table that it puts a column under; null when it says none.</param>
/// <param name="ExpectedVersion">The version on whose condition it is made; null without one.</param>
internal sealed record HistoryOperation(
    string Id, HistoryKind Kind, string Type, string Target, SortedDictionary<string, string> Attributes, string? Table = null, long? ExpectedVersion = null)
{
    /// <summary>What the asset is afterwards; null stands for one that does not exist.</summary>
    public HistoryState After(HistoryState? before)
    {
        var state = before ?? new HistoryState("ACTIVE", [], Table: null);
        return Kind switch
        {
            HistoryKind.Archive => state with { Status = "DELETED" },
            HistoryKind.Read => state,
            _ => state with
            {
                Status = Kind == HistoryKind.Restore ? "ACTIVE" : state.Status,
                Attributes = new SortedDictionary<string, string>(
                    state.Attributes.Where(old => !Attributes.ContainsKey(old.Key)).Concat(Attributes).ToDictionary(), StringComparer.Ordinal),
                Table = Table ?? state.Table,
            },
        };
    }

    /// <summary>Whether the asset is the same afterwards.</summary>
    public bool ChangesNothing(HistoryState? before) => before is not null && After(before).IsSame(before);
}
