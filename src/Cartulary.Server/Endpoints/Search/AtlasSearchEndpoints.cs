using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Query.Search.Atlas;
using Cartulary.Core.Types;
using Cartulary.Server.Answers.Search;
using Cartulary.Server.Auth;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Search;

/// <summary>The searches of Apache Atlas's clients.</summary>
internal sealed class AtlasSearchEndpoints(AssetSearch search, BodyReader bodies, SearchLimits limits, TimeProvider clock)
{
    private const int MostTypes = 100;

    /// <summary>Maps them under a prefix.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/search");
        group.MapGet("/basic", http => BasicAsync(http, http.RequestAborted)).Describe(static () => AtlasSearchOperations.Basic);
        group.MapPost("/basic", http => BasicBodyAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => AtlasSearchOperations.BasicBody);
        group.MapGet("/quick", http => QuickAsync(http, http.RequestAborted)).Describe(static () => AtlasSearchOperations.Quick);
        group.MapPost("/quick", http => QuickBodyAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => AtlasSearchOperations.QuickBody);
        group.MapGet("/fulltext", http => FullTextAsync(http, http.RequestAborted)).Describe(static () => AtlasSearchOperations.FullText);
        group.MapGet("/attribute", http => AttributeAsync(http, http.RequestAborted)).Describe(static () => AtlasSearchOperations.Attribute);
        group.MapGet("/dsl", http => DslAsync(http, http.RequestAborted)).Describe(static () => AtlasSearchOperations.Dsl);
    }

    private async Task BasicAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, BasicSearchRequest.Read, cancellationToken) is { } asked)
        {
            await AnswerAsync(http, asked, "BASIC", cancellationToken);
        }
    }

    private async Task BasicBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadBodyAsync(http, cancellationToken) is { } asked)
        {
            await AnswerAsync(http, asked, "BASIC", cancellationToken);
        }
    }

    private async Task QuickAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, BasicSearchRequest.Read, cancellationToken) is { } asked)
        {
            await AnswerQuicklyAsync(http, asked, cancellationToken);
        }
    }

    private async Task QuickBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadBodyAsync(http, cancellationToken) is { } asked)
        {
            await AnswerQuicklyAsync(http, asked, cancellationToken);
        }
    }

    private async Task FullTextAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, ReadText, cancellationToken) is { } asked)
        {
            await FindAsync(
                http,
                asked,
                page => JsonAnswer.SendAsync(
                    http, 200, new AtlasSearchAnswer("FULL_TEXT", asked.Query, page, ShownOf(asked)), AtlasSearchAnswer.WriteWithScores, cancellationToken),
                cancellationToken);
        }

        static BasicSearch ReadText(QueryReader query)
        {
            var asked = BasicSearchRequest.Read(query);
            if (asked.Query is not { Length: > 0 })
            {
                query.Refuse("query", "query is needed");
            }

            return new BasicSearch { Query = asked.Query, ExcludesDeleted = asked.ExcludesDeleted, Limit = asked.Limit, Offset = asked.Offset };
        }
    }

    private async Task AttributeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await ReadAsync(http, ReadPrefix, cancellationToken) is { } asked)
        {
            await AnswerAsync(http, asked, "ATTRIBUTE", cancellationToken);
        }

        static BasicSearch ReadPrefix(QueryReader query)
        {
            var name = query.Text("attrName") is { Length: > 0 } given ? given : "qualifiedName";
            var prefix = query.Text("attrValuePrefix");
            var asked = BasicSearchRequest.Read(query);
            if (asked.TypeName is not { Length: > 0 })
            {
                query.Refuse("typeName", "typeName is needed");
            }

            return asked with
            {
                Query = null,
                Filter = string.IsNullOrEmpty(prefix)
                    ? new AssetFilter.Criterion(name, FilterOperator.NotNull, [], "attrName")
                    : new AssetFilter.Criterion(name, FilterOperator.StartsWith, [prefix], "attrName"),
            };
        }
    }

    private async Task DslAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var text = query.Text("query") ?? "";
        var (limit, offset) = (BasicSearchRequest.Limit(query), query.Number("offset", 0, 0, int.MaxValue));
        var problems = new ProblemList();
        problems.Add(query.Problems, 0);
        var parsed = TypeQueryParser.Parse(text, "query", limits, problems);
        if (parsed is null || problems.Count > 0)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken);
            return;
        }

        var now = Now();
        await SearchCall.AnswerAsync(
            http,
            search.SearchAsync(
                (registry, found) => TypeQueryPlanner.Plan(parsed, limit, offset, "query", registry, limits, now, found),
                static request => request,
                PageWish.Default,
                cancellationToken),
            (page, _) => SendAsync(new AtlasSearchAnswer("DSL", text, page, Shown.Default)),
            cancellationToken);

        Task SendAsync(AtlasSearchAnswer answer) => parsed.Select.IsEmpty
            ? JsonAnswer.SendAsync(http, 200, answer, AtlasSearchAnswer.Write, cancellationToken)
            : JsonAnswer.SendAsync(http, 200, (answer, parsed), AtlasSearchAnswer.WriteRows, cancellationToken);
    }

    private Task AnswerAsync(HttpContext http, BasicSearch asked, string queryType, CancellationToken cancellationToken) => FindAsync(
        http,
        asked,
        page => JsonAnswer.SendAsync(http, 200, new AtlasSearchAnswer(queryType, asked.Query, page, ShownOf(asked)), AtlasSearchAnswer.Write, cancellationToken),
        cancellationToken);

    private Task AnswerQuicklyAsync(HttpContext http, BasicSearch asked, CancellationToken cancellationToken) => FindAsync(
        http,
        asked,
        page => JsonAnswer.SendAsync(http, 200, new AtlasSearchAnswer("QUICK", asked.Query, page, ShownOf(asked)), AtlasSearchAnswer.WriteQuick, cancellationToken),
        cancellationToken,
        CountByType);

    private Task FindAsync(
        HttpContext http,
        BasicSearch asked,
        Func<AssetPage, Task> send,
        CancellationToken cancellationToken,
        Func<TypeRegistry, ImmutableArray<SearchAggregation>>? aggregations = null)
    {
        var now = Now();
        return SearchCall.AnswerAsync(
            http,
            search.SearchAsync(
                (registry, found) => BasicSearchPlanner.Plan(
                    asked with { Aggregations = aggregations?.Invoke(registry) ?? [] }, registry, limits, now, found),
                static request => request,
                ShownOf(asked).Wish,
                cancellationToken),
            (page, _) => send(page),
            cancellationToken);
    }

    private static ImmutableArray<SearchAggregation> CountByType(TypeRegistry registry) =>
        [new SearchAggregation.Terms("__typeName", SearchFields.Of(registry).Find("__typeName")!, MostTypes, 1, new SearchBucketOrder("_count", IsDescending: true), [])];

    private static Shown ShownOf(BasicSearch asked) =>
        Shown.Default with { Wish = PageWish.Default with { Attributes = [.. AtlasSearchAnswer.UsualAttributes.Union(asked.Attributes)] } };

    private long Now() => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private static async ValueTask<BasicSearch?> ReadAsync(HttpContext http, Func<QueryReader, BasicSearch> read, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var asked = read(query);
        if (query.Problems.IsEmpty)
        {
            return asked;
        }

        await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
        return null;
    }

    private async ValueTask<BasicSearch?> ReadBodyAsync(HttpContext http, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return null;
        }

        var problems = new ProblemList();
        var asked = BasicSearchRequest.Read(body.Written, limits, problems);
        if (asked is null)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken, problems.Omitted);
        }

        return asked;
    }
}
