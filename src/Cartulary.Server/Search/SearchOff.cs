using Cartulary.Core.Ports;
using Cartulary.Core.Query.Search;

namespace Cartulary.Server.Search;

/// <summary>Stands for the index of a server that keeps none.</summary>
internal sealed class SearchOff : ISearchIndex
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public ValueTask<SearchResult> SearchAsync(SearchRequest request, CatalogHead head, CancellationToken cancellationToken) =>
        throw new SearchUnavailableException("This server keeps no search index (Search:Enabled).", Later);
}
