namespace Cartulary.Core.Query.Search;

/// <summary>
/// The index has not followed the log far enough within the time that a search may wait, or is being built. Nothing is wrong
/// with the search, which may be sent again.
/// </summary>
/// <param name="message">What is missing, for people.</param>
/// <param name="retryAfter">After how long it is worth trying again.</param>
public sealed class SearchUnavailableException(string message, TimeSpan retryAfter) : Exception(message)
{
    /// <summary>After how long it is worth trying again.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
