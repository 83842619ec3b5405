using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Dsl;
using Cartulary.Server.Answers.Search;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Search;

/// <summary>The searches of Atlan's clients. They are sent as a body, and change nothing.</summary>
internal sealed class SearchEndpoints(AssetSearch search, BodyReader bodies, SearchLimits limits, TimeProvider clock)
{
    /// <summary>Maps them under a prefix.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/search/indexsearch", http => SearchAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => SearchOperations.Index);
        endpoints.MapPost("/search/searchlog", http => SendEmptyLogAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => SearchOperations.Log);
    }

    private static byte[] EmptyLog { get; } = """{"approximateCount":0,"logs":[],"aggregations":{}}"""u8.ToArray();

    private async Task SearchAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        var problems = new ProblemList();
        var asked = IndexSearchRequest.Read(body.Written, limits, problems);
        if (asked is null || problems.Count > 0)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken, problems.Omitted);
            return;
        }

        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await SearchCall.AnswerAsync(
            http,
            search.SearchAsync(
                (registry, found) => DslReader.Read(asked.Dsl, "dsl", DslFields.Of(registry), limits, now, asked.ShowsScores, found),
                static dsl => dsl.Request,
                asked.Shown.Wish,
                cancellationToken),
            (page, dsl) => JsonAnswer.SendAsync(http, 200, new SearchAnswer(dsl, page, asked.Shown, asked.ShowsScores), SearchAnswer.Write, cancellationToken),
            cancellationToken);
    }

    /// <summary>This catalog keeps no log of searches.</summary>
    private static Task SendEmptyLogAsync(HttpContext http, CancellationToken cancellationToken) =>
        JsonAnswer.SendBytesAsync(http, 200, EmptyLog, cancellationToken);
}
