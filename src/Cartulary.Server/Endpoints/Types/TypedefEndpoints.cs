using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;
using Cartulary.Server.Answers;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Types;

/// <summary>Endpoints that read type definitions, as they are on all servers of the catalog.</summary>
internal sealed class TypedefEndpoints(ICatalogStore store, TypeRegistrySource types)
{
    /// <summary>Maps them under a prefix.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/types");
        group.MapGet("/typedefs", http => GetAllAsync(http, TypedefAnswer.WriteBundle, http.RequestAborted)).Describe(static () => TypedefOperations.GetAll);
        group.MapGet("/typedefs/headers", http => GetAllAsync(http, TypedefAnswer.WriteHeaders, http.RequestAborted)).Describe(static () => TypedefOperations.GetHeaders);
        MapOne(group, "/typedef", "typedef", category: null);
        foreach (var (category, list) in TypeCategories.Lists)
        {
            var path = list[..^1];
            MapOne(group, $"/{path.ToLowerInvariant()}", path, category);
        }
    }

    private void MapOne(RouteGroupBuilder group, string path, string kind, TypeCategory? category)
    {
        group.MapGet(path + "/name/{name}", http => GetByNameAsync(http, category, http.RequestAborted))
            .Describe(() => TypedefOperations.ByName(kind));
        group.MapGet(path + "/guid/{guid}", http => GetByGuidAsync(http, category, http.RequestAborted))
            .Describe(() => TypedefOperations.ByGuid(kind));
    }

    private async Task GetByNameAsync(HttpContext http, TypeCategory? category, CancellationToken cancellationToken)
    {
        var name = (string)http.GetRouteValue("name")!;
        var page = (await BookAsync(cancellationToken)).Named(name);
        await SendOneAsync(http, page, category, ErrorCodes.UnknownTypedef, $"Given typename {name} was invalid", cancellationToken);
    }

    private async Task GetByGuidAsync(HttpContext http, TypeCategory? category, CancellationToken cancellationToken)
    {
        var text = (string)http.GetRouteValue("guid")!;
        var page = RequestGuid.TryParseReal(text, out var guid) ? (await BookAsync(cancellationToken)).WithGuid(guid) : null;
        await SendOneAsync(http, page, category, ErrorCodes.UnknownTypedefGuid, $"Given type guid {text} was invalid", cancellationToken);
    }

    private static Task SendOneAsync(
        HttpContext http, TypedefPage? page, TypeCategory? category, ErrorCode refusal, string message, CancellationToken cancellationToken) =>
        page is not null && (category is null || page.Definition.Category == category)
            ? JsonAnswer.SendBytesAsync(http, 200, page.Json, cancellationToken)
            : ErrorAnswer.SendAsync(http, refusal, message, cancellationToken);

    private async Task GetAllAsync(HttpContext http, Action<Utf8JsonWriter, ImmutableArray<TypedefPage>> write, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var wanted = Categories(query);
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var pages = (await BookAsync(cancellationToken)).Pages;
        await JsonAnswer.SendAsync(
            http, 200, wanted.IsEmpty ? pages : [.. pages.Where(page => wanted.Contains(page.Definition.Category))], write, cancellationToken);
    }

    private static ImmutableArray<TypeCategory> Categories(QueryReader query)
    {
        var wanted = ImmutableArray.CreateBuilder<TypeCategory>();
        foreach (var text in query.List("type"))
        {
            if (TypeCategories.Parse(text) is { } category)
            {
                wanted.Add(category);
            }
            else
            {
                query.Refuse("type", $"{text} is no category of types");
            }
        }

        return wanted.ToImmutable();
    }

    /// <summary>The definitions as they are now; another server may have changed them.</summary>
    private async ValueTask<TypedefBook> BookAsync(CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        return TypedefBook.Of(await types.ForAsync(session, cancellationToken));
    }
}
