using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Audit;
using Cartulary.Core.Query.Search;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Answers;
using Cartulary.Server.Auth;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Audit;

/// <summary>Endpoints of the audit: Atlan's searches, and the list of Apache Atlas.</summary>
internal sealed class AuditEndpoints(AuditReader audit, BodyReader bodies, TimeProvider clock, int jsonDepth)
{
    private const int CountDefault = 100;
    private const int CountMax = 1_000;

    /// <summary>Maps them under a prefix.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/entity/auditSearch", http => SearchAsync(http, ofOne: false, http.RequestAborted)).AllowEveryRole().Describe(static () => AuditOperations.Search);
        endpoints.MapPost("/entity/{guid}/auditSearch", http => SearchAsync(http, ofOne: true, http.RequestAborted)).AllowEveryRole().Describe(static () => AuditOperations.SearchOne);
        endpoints.MapGet("/entity/{guid}/audit", http => ListAsync(http, http.RequestAborted)).Describe(static () => AuditOperations.List);
    }

    private async Task SearchAsync(HttpContext http, bool ofOne, CancellationToken cancellationToken)
    {
        using var body = await bodies.ReadAsync(http, cancellationToken);
        if (body is null)
        {
            return;
        }

        var problems = new ProblemList();
        if (Read(http, body.Written, ofOne, problems) is not { } request)
        {
            await ErrorAnswer.SendAsync(http, problems.ToImmutable(), cancellationToken, problems.Omitted);
            return;
        }

        var (page, problem) = await audit.SearchAsync(request.Search, cancellationToken);
        await (page is null
            ? ErrorAnswer.SendAsync(http, [problem!], cancellationToken)
            : JsonAnswer.SendAsync(http, 200, (page, request.Attributes), static (writer, answer) => AuditAnswer.WritePage(writer, answer.page, answer.Attributes), cancellationToken));
    }

    private (SearchRequest Search, ImmutableArray<string> Attributes)? Read(HttpContext http, ReadOnlyMemory<byte> body, bool ofOne, ProblemList problems)
    {
        if (JsonObjectBody.Parse(body, problems, jsonDepth) is not { } json)
        {
            return null;
        }

        Guid? asset = null;
        if (ofOne)
        {
            // Whatever is no guid is no asset's, and has no entries.
            asset = RequestGuid.TryParseReal((string)http.GetRouteValue("guid")!, out var guid) ? guid : Guid.Empty;
        }

        var search = new AuditRequestReader(audit.Limits, clock.GetUtcNow().ToUnixTimeMilliseconds(), problems).Read(json, asset);
        var attributes = Attributes(json, problems);
        return problems.Count == 0 ? (search, attributes) : null;
    }

    /// <summary>The names of attributes that entries are to show of their assets beside the usual ones.</summary>
    private static ImmutableArray<string> Attributes(JsonElement json, ProblemList problems)
    {
        if (!json.TryGetProperty("attributes", out var names) || names.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (names.ValueKind == JsonValueKind.Array && names.EnumerateArray().All(name => name.ValueKind == JsonValueKind.String))
        {
            return [.. names.EnumerateArray().Select(name => name.GetString()!)];
        }

        problems.Add(new Problem(ErrorCodes.InvalidParameters, "attributes", "invalid parameters: attributes must be a list of names"));
        return [];
    }

    private async Task ListAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var selector = AssetAddress.ByGuid(http, query) as AssetSelector.ByGuid;
        var start = StartKey(query);
        var action = query.Text("auditAction");
        var count = query.Number("count", CountDefault, min: 1, CountMax);
        var offset = query.Number("offset", 0, min: 0, audit.Limits.ScannedEvents);
        var (page, problem) = query.Problems.IsEmpty
            ? await audit.ListAsync(selector!.Guid, start, string.IsNullOrEmpty(action) ? null : action, offset, count, cancellationToken)
            : default;
        await (page is null
            ? ErrorAnswer.SendAsync(http, query.Problems.IsEmpty ? [problem!] : query.Problems, cancellationToken)
            : JsonAnswer.SendAsync(http, 200, page, AuditAnswer.WriteList, cancellationToken));
    }

    private static AuditKey? StartKey(QueryReader query)
    {
        if (query.Text("startKey") is not { Length: > 0 } text)
        {
            return null;
        }

        if (!AuditKey.TryParse(text, out var key))
        {
            query.Refuse("startKey", "startKey must be the eventKey of an entry");
        }

        return key;
    }
}
