namespace Cartulary.Core.Ports;

/// <summary>A store failed. Of a save that meets it nothing is stored, and the store goes on when the trouble is over.</summary>
/// <param name="trouble">What it is.</param>
/// <param name="message">What happened, for an operator.</param>
public abstract class StoreFailureException(StoreTrouble trouble, string message) : Exception(message)
{
    /// <summary>What it is.</summary>
    public StoreTrouble Trouble { get; } = trouble;
}
