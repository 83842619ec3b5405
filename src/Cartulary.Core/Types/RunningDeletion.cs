namespace Cartulary.Core.Types;

/// <summary>A connection that is being deleted: nobody else may save anything that belongs to it.</summary>
/// <param name="Job">The job.</param>
/// <param name="Connection">The connection's qualified name.</param>
public sealed record RunningDeletion(Guid Job, string Connection)
{
    /// <summary>What the names of all that is below the connection begin with.</summary>
    public string Prefix => Connection + "/";

    /// <summary>Whether an asset belongs to the connection: it is the connection, has a name below it, or names it as its connection.</summary>
    /// <param name="qualifiedName">The asset's qualified name; null when it has none.</param>
    /// <param name="connection">The connection that the asset names; null when it names none.</param>
    public bool Covers(string? qualifiedName, string? connection) =>
        qualifiedName == Connection || qualifiedName?.StartsWith(Prefix, StringComparison.Ordinal) == true || connection == Connection;
}
