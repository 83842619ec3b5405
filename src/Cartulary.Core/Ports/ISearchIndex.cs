using Cartulary.Core.Query.Search;

namespace Cartulary.Core.Ports;

/// <summary>
/// Finds assets. An index follows the log and can be thrown away and built again; what it finds is never older than the log's
/// head was when the search arrived.
/// </summary>
public interface ISearchIndex
{
    /// <summary>Searches, after the index has followed the log up to a head; when another log has taken the place of that one, on a state of the other.</summary>
    /// <param name="request">What is asked; its fields are those that the index knows.</param>
    /// <param name="head">How far it must have followed the log, usually the head at the arrival of the search.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    ValueTask<SearchResult> SearchAsync(SearchRequest request, CatalogHead head, CancellationToken cancellationToken);
}
