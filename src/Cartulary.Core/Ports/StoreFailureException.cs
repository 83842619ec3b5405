namespace Cartulary.Core.Ports;

/// <summary>A store failed. Of a save that meets it nothing is stored, unless it says so, and the store goes on when the trouble is over.</summary>
/// <param name="trouble">What it is.</param>
/// <param name="message">What happened, for an operator.</param>
/// <param name="inner">What showed it, if anything did.</param>
public abstract class StoreFailureException(StoreTrouble trouble, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What it is.</summary>
    public StoreTrouble Trouble { get; } = trouble;
}
