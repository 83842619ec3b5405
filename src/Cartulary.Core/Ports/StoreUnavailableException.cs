namespace Cartulary.Core.Ports;

/// <summary>
/// The store's database is away or overloaded, for longer than was worth waiting. Nothing is wrong with the request, which
/// may be sent again; of a save that met this, nothing is stored unless <see cref="IsOutcomeUnknown"/> says otherwise.
/// </summary>
public sealed class StoreUnavailableException : StoreFailureException
{
    /// <summary>The database could not be used.</summary>
    public StoreUnavailableException(Exception inner)
        : base(StoreTrouble.Away, "The database of the catalog cannot be used at the moment.", inner)
    {
    }

    private StoreUnavailableException(string message, Exception inner)
        : base(StoreTrouble.Away, message, inner)
    {
    }

    /// <summary>Whether a save may have been stored: the connection broke during its commit, and nobody could be asked since.</summary>
    public bool IsOutcomeUnknown { get; private init; }

    /// <summary>The database was lost during a commit and did not come back in time to be asked.</summary>
    public static StoreUnavailableException OutcomeUnknown(Exception inner) =>
        new("The database of the catalog was lost during a commit, which may have been stored.", inner) { IsOutcomeUnknown = true };
}
