using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Lineage;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Answers;
using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Hosting;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Lineage;

/// <summary>Endpoints that read lineage. Those that are asked with POST only read, too.</summary>
internal sealed class LineageEndpoints(LineageReader reader, BodyReader bodies, LineageOptions options, LimitOptions limits)
{
    private const int UsualLength = 20;
    private const int UsualPaths = 10;

    private delegate AssetSelector? Address(HttpContext http, QueryReader query);

    /// <summary>Maps <c>lineage</c> under a prefix.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var lineage = endpoints.MapGroup("/lineage");
        lineage.MapPost("/list", http => ListAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => LineageOperations.List);
        lineage.MapPost("/getlineage", http => GraphAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => LineageOperations.Graph);
        lineage.MapGet("/uniqueAttribute/type/{typeName}", http => GetAsync(http, AssetAddress.ByUniqueAttribute, http.RequestAborted))
            .Describe(static () => LineageOperations.GetByName);
        lineage.MapGet("/{guid}", http => GetAsync(http, AssetAddress.ByGuid, http.RequestAborted)).Describe(static () => LineageOperations.GetByGuid);
        lineage.MapPost("/{guid}", http => DemandAsync(http, http.RequestAborted)).AllowEveryRole().Describe(static () => LineageOperations.Demand);
    }

    /// <summary>Maps <c>/api/lineage/paths</c>.</summary>
    public void MapPaths(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/api/lineage/paths", http => PathsAsync(http, http.RequestAborted)).Describe(static () => LineageOperations.Paths);

    private Task ListAsync(HttpContext http, CancellationToken cancellationToken) => WithBodyAsync(
        http,
        (body, _) => LineageRequests.List(body, options),
        reader.ListAsync,
        static (writer, answer) => LineageListAnswer.Write(writer, answer.Result, answer.Query, answer.Body),
        cancellationToken);

    private Task GraphAsync(HttpContext http, CancellationToken cancellationToken) => WithBodyAsync(
        http,
        (body, problems) => LineageRequests.Graph(body, options, problems),
        reader.GraphAsync,
        static (writer, answer) => LineageGraphAnswer.Write(writer, answer.Result, answer.Query),
        cancellationToken);

    private Task DemandAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        return AssetAddress.ByGuid(http, query) is not AssetSelector.ByGuid start
            ? ErrorAnswer.SendAsync(http, query.Problems, cancellationToken)
            : WithBodyAsync(
                http,
                (body, problems) => LineageRequests.Demand(start, body, options, problems),
                reader.GraphAsync,
                static (writer, answer) => LineageDemandAnswer.Write(writer, answer.Result, answer.Query, answer.Body),
                cancellationToken);
    }

    private async Task GetAsync(HttpContext http, Address address, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var problems = new ProblemList();
        var asked = LineageRequests.Graph(address(http, query), new LineageQueryString(query), options, problems);
        ImmutableArray<Problem> all = [.. query.Problems, .. problems.ToImmutable()];
        await SendAsync(
            http, asked, all, reader.GraphAsync, static (writer, answer) => LineageGraphAnswer.Write(writer, answer.Result, answer.Query), default, cancellationToken);
    }

    private async Task PathsAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var (from, to) = (End(query, "from"), End(query, "to"));
        if (from is not null && from == to)
        {
            query.Refuse("to", "from and to are the same asset");
        }

        var length = query.Number("maxLength", UsualLength, 1, int.MaxValue);
        var limit = query.Number("limit", UsualPaths, 1, options.Paths);
        var (moment, parameter) = PastQuery.ReadForMany(query);
        var asked = from is null || to is null ? null : new LineagePathQuery(from, to, length, limit)
        {
            FollowsSuspended = query.Flag("allowDeletedProcess"),
            Wishes = LineageWishes.Names with { Classifications = true },
            Moment = moment,
            MomentParameter = parameter,
        };
        await SendAsync(http, asked, query.Problems, reader.PathsAsync, static (writer, answer) => LineagePathsAnswer.Write(writer, answer.Result), default, cancellationToken);
    }

    private static AssetSelector.ByGuid? End(QueryReader query, string name)
    {
        var text = query.Text(name);
        if (RequestGuid.TryParseReal(text ?? "", out var guid))
        {
            return new AssetSelector.ByGuid(guid);
        }

        if (text is null)
        {
            query.Refuse(name, $"{name} is missing");
        }
        else
        {
            query.Refuse(ErrorCodes.GuidNotFound, name, $"Given instance guid {text} is invalid/not found");
        }

        return null;
    }

    private async Task WithBodyAsync<TQuery, TResult>(
        HttpContext http,
        Func<LineageBody, ProblemList, TQuery?> understand,
        Func<TQuery, CancellationToken, ValueTask<(TResult? Result, ImmutableArray<Problem> Problems)>> read,
        Action<Utf8JsonWriter, (TResult Result, TQuery Query, JsonElement Body)> write,
        CancellationToken cancellationToken)
        where TQuery : class
        where TResult : class
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        var problems = new ProblemList();
        var json = JsonObjectBody.Parse(body.Written, problems, limits.JsonDepth);
        var query = json is { } given ? understand(new LineageBody(given, problems), problems) : null;
        await SendAsync(http, query, problems.ToImmutable(), read, write, json ?? default, cancellationToken);
    }

    private static async Task SendAsync<TQuery, TResult>(
        HttpContext http,
        TQuery? query,
        ImmutableArray<Problem> problems,
        Func<TQuery, CancellationToken, ValueTask<(TResult? Result, ImmutableArray<Problem> Problems)>> read,
        Action<Utf8JsonWriter, (TResult Result, TQuery Query, JsonElement Body)> write,
        JsonElement body,
        CancellationToken cancellationToken)
        where TQuery : class
        where TResult : class
    {
        if (query is null || !problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, problems, cancellationToken);
            return;
        }

        var (result, refused) = await read(query, cancellationToken);
        await (result is not null
            ? JsonAnswer.SendAsync(http, 200, (result, query, body), write, cancellationToken)
            : ErrorAnswer.SendAsync(http, refused, cancellationToken));
    }
}
