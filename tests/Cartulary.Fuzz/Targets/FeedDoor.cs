using System.Text;
using Cartulary.Core.Save.Read;
using Cartulary.Fuzz.Inputs;
using Cartulary.Server.Endpoints.Events;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Cartulary.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Cartulary.Fuzz.Targets;

/// <summary>Sends queries to the feed and to reads by unique attribute, and judges what comes of them.</summary>
internal sealed class FeedDoor(TestCatalog catalog)
{
    private static readonly FeedOptions Options = new();

    /// <summary>What the input did that is worth remembering.</summary>
    public async Task<IEnumerable<string>> TryAsync(FuzzInput input)
    {
        var values = new QueryCollection(QueryHelpers.ParseQuery("?" + Encoding.Latin1.GetString(input.Bytes)));
        var query = new QueryReader(values);
        var request = FeedRequest.Read(query, catalog.Types.Newest, Options);
        query.Flag("ignoreRelationships");
        var attribute = query.Prefixed("attr:");
        if (attribute is { } pair)
        {
            await catalog.Reader.GetAsync(new AssetSelector.ByUniqueAttribute("Table", pair.Key, pair.Value), withEdges: true, CancellationToken.None);
        }

        if (query.Problems is { IsEmpty: false } problems)
        {
            ReaderOracle.CheckProblems(problems);
            if (problems.Any(problem => !problem.Path.StartsWith("attr:", StringComparison.OrdinalIgnoreCase)))
            {
                return Features.Of(problems);
            }
        }

        if (FeedPosition.Check(request, catalog.Store.Head) is { } position)
        {
            return [$"feed {position.Code.Code} {position.Parameter}"];
        }

        var page = await catalog.Feed.ReadAsync(request.Query, CancellationToken.None);
        ReaderOracle.Require(page.Events.Length <= request.Query.Limit && page.Next >= request.Query.After, "a page that does not fit its query");
        return [$"feed {request.Start} {(page.Events.IsEmpty ? "none" : "some")} {request.Query.Guids.Length > 0}"];
    }
}
