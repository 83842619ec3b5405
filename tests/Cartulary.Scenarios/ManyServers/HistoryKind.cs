namespace Cartulary.Scenarios.ManyServers;

/// <summary>The kinds of requests of a history.</summary>
internal enum HistoryKind
{
    /// <summary>Saves attributes, or a column's table; creates what is not there.</summary>
    Save,

    /// <summary>Archives.</summary>
    Archive,

    /// <summary>Saves and makes active.</summary>
    Restore,

    /// <summary>Reads.</summary>
    Read,
}
