using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// Finds assets and reads them. A search sees everything that was committed, by whichever server, when it arrived. The index finds;
/// what is told of an asset comes from the store, as it was in the very state that the index searched, so that a save in between
/// changes no page.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="index">Finds.</param>
/// <param name="edgesPerEnd">With more edges than this a relationship attribute is left out of an answer.</param>
public sealed class AssetSearch(ICatalogStore store, TypeRegistrySource types, ISearchIndex index, int edgesPerEnd)
{
    /// <summary>Searches.</summary>
    /// <typeparam name="T">What was understood.</typeparam>
    /// <param name="read">Reads the search against the types; null when it cannot be understood.</param>
    /// <param name="request">The search in it.</param>
    /// <param name="wish">What is told of the assets.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The page and what was understood; null with all that is wrong.</returns>
    /// <exception cref="SearchUnavailableException">The index is not ready.</exception>
    public async ValueTask<(AssetPage? Page, T? Read, ImmutableArray<Problem> Problems)> SearchAsync<T>(
        Func<TypeRegistry, ProblemList, T?> read, Func<T, SearchRequest> request, PageWish wish, CancellationToken cancellationToken)
        where T : class
    {
        var head = await store.SeeHeadAsync(cancellationToken);
        var problems = new ProblemList();
        if (read(await types.ForAsync(store, head, cancellationToken), problems) is not { } understood)
        {
            return (null, null, problems.ToImmutable());
        }

        try
        {
            var result = await index.SearchAsync(request(understood), head, cancellationToken);
            return (await ReadAsync(result, wish, cancellationToken), understood, []);
        }
        catch (SearchRefusedException refused)
        {
            return (null, null, [refused.Problem]);
        }
    }

    private async ValueTask<AssetPage> ReadAsync(SearchResult result, PageWish wish, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        return await new PageReader(session, registry, await StateAsync(session, result.Sequence, cancellationToken), edgesPerEnd)
            .ReadAsync(result, wish, cancellationToken);
    }

    /// <summary>The commit whose state the index searched; the present one where that state has been trimmed away already.</summary>
    private static async ValueTask<CommitNumber> StateAsync(IReadSession session, long sequence, CancellationToken cancellationToken)
    {
        if (sequence >= session.Head.Sequence)
        {
            return session.Head.Commit;
        }

        var commit = await session.CommitBeforeAsync(sequence + 1, cancellationToken);
        return commit.Value < session.Head.Trimmed.Value ? session.Head.Commit : commit;
    }
}
