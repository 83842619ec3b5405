using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Answers;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Endpoints that tell how an asset came to be what it is.</summary>
internal static class AssetHistoryEndpoints
{
    private const int VersionsDefault = 100;
    private const int VersionsMax = 1_000;

    private delegate AssetSelector? Address(HttpContext http, QueryReader query);

    /// <summary>Maps them under a prefix.</summary>
    public static void MapAssetHistory(this IEndpointRouteBuilder endpoints, AssetHistory history)
    {
        Map(endpoints.MapGroup("/entity/guid/{guid}"), history, AssetAddress.ByGuid, operation => operation);
        Map(endpoints.MapGroup("/entity/uniqueAttribute/type/{typeName}"), history, AssetAddress.ByUniqueAttribute, AssetOperations.Named);
    }

    private static void Map(RouteGroupBuilder asset, AssetHistory history, Address address, Func<Operation, Operation> addressed)
    {
        asset.MapGet("/versions", http => GetVersionsAsync(http, history, address, http.RequestAborted)).Describe(() => addressed(HistoryOperations.Versions));
        asset.MapGet("/diff", http => GetDifferenceAsync(http, history, address, http.RequestAborted)).Describe(() => addressed(HistoryOperations.Difference));
        asset.MapGet("/blame", http => GetBlameAsync(http, history, address, http.RequestAborted)).Describe(() => addressed(HistoryOperations.Blame));
    }

    private static async Task GetVersionsAsync(HttpContext http, AssetHistory history, Address address, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var selector = address(http, query);
        var before = PastQuery.Below(query, "before");
        var limit = query.Number("limit", VersionsDefault, min: 1, VersionsMax);
        var (page, problem) = query.Problems.IsEmpty ? await history.VersionsAsync(selector!, before, limit, cancellationToken) : default;
        await AnswerAsync(http, query, page, problem, HistoryAnswer.WriteVersions, cancellationToken);
    }

    private static async Task GetDifferenceAsync(HttpContext http, AssetHistory history, Address address, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var selector = address(http, query);
        var (from, to) = (PastQuery.Bound(query, "from"), PastQuery.Bound(query, "to") ?? Moment.Now);
        var (difference, problem) = query.Problems.IsEmpty ? await history.DiffAsync(selector!, from, to, cancellationToken) : default;
        await AnswerAsync(http, query, difference, problem, HistoryAnswer.WriteDifference, cancellationToken);
    }

    private static async Task GetBlameAsync(HttpContext http, AssetHistory history, Address address, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var selector = address(http, query);
        var before = PastQuery.Below(query, "before");
        var (blame, problem) = query.Problems.IsEmpty ? await history.BlameAsync(selector!, before, cancellationToken) : default;
        await AnswerAsync(http, query, blame, problem, HistoryAnswer.WriteBlame, cancellationToken);
    }

    private static Task AnswerAsync<T>(
        HttpContext http, QueryReader query, T? found, Problem? problem, Action<Utf8JsonWriter, T> write, CancellationToken cancellationToken)
        where T : class =>
        found is null
            ? ErrorAnswer.SendAsync(http, query.Problems.IsEmpty ? [problem!] : query.Problems, cancellationToken)
            : JsonAnswer.SendAsync(http, 200, found, write, cancellationToken);
}
