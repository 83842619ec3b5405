using System.Collections.Immutable;
using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;
using Cartulary.Server.Answers;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Types;

/// <summary>Endpoints that read type definitions.</summary>
internal static class TypedefEndpoints
{
    /// <summary>Maps them under a prefix.</summary>
    public static void MapTypedefs(this IEndpointRouteBuilder endpoints, TypeRegistrySource types)
    {
        var group = endpoints.MapGroup("/types");
        group.MapGet("/typedefs", http => GetAllAsync(http, types, WriteBundle, http.RequestAborted)).Describe(static () => TypedefOperations.GetAll);
        group.MapGet("/typedefs/headers", http => GetAllAsync(http, types, WriteHeaders, http.RequestAborted)).Describe(static () => TypedefOperations.GetHeaders);
        MapOne(group, types, "/typedef", "typedef", category: null);
        foreach (var (category, list) in TypeCategories.Lists)
        {
            var path = list[..^1];
            MapOne(group, types, $"/{path.ToLowerInvariant()}", path, category);
        }
    }

    private static void MapOne(RouteGroupBuilder group, TypeRegistrySource types, string path, string kind, TypeCategory? category)
    {
        group.MapGet(path + "/name/{name}", http => GetByNameAsync(http, types, category, http.RequestAborted))
            .Describe(() => TypedefOperations.ByName(kind));
        group.MapGet(path + "/guid/{guid}", http => GetByGuidAsync(http, types, category, http.RequestAborted))
            .Describe(() => TypedefOperations.ByGuid(kind));
    }

    private static Task GetByNameAsync(HttpContext http, TypeRegistrySource types, TypeCategory? category, CancellationToken cancellationToken)
    {
        var name = (string)http.GetRouteValue("name")!;
        return SendOneAsync(http, TypedefBook.Of(types.Newest).Named(name), category, name, cancellationToken);
    }

    private static Task GetByGuidAsync(HttpContext http, TypeRegistrySource types, TypeCategory? category, CancellationToken cancellationToken)
    {
        var text = (string)http.GetRouteValue("guid")!;
        var page = RequestGuid.TryParseReal(text, out var guid) ? TypedefBook.Of(types.Newest).WithGuid(guid) : null;
        return SendOneAsync(http, page, category, text, cancellationToken);
    }

    private static Task SendOneAsync(
        HttpContext http, TypedefPage? page, TypeCategory? category, string asked, CancellationToken cancellationToken) =>
        page is not null && (category is null || page.Definition.Category == category)
            ? JsonAnswer.SendBytesAsync(http, 200, page.Json, cancellationToken)
            : ErrorAnswer.SendAsync(http, ErrorCodes.UnknownTypedef, $"Given typename {asked} was invalid", cancellationToken);

    private static Task GetAllAsync(
        HttpContext http, TypeRegistrySource types, Action<Utf8JsonWriter, ImmutableArray<TypedefPage>> write, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var wanted = Categories(query);
        if (!query.Problems.IsEmpty)
        {
            return ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
        }

        var pages = TypedefBook.Of(types.Newest).Pages;
        return JsonAnswer.SendAsync(
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

    /// <summary>All six lists, empty or not: clients take a missing or null one for a failure.</summary>
    private static void WriteBundle(Utf8JsonWriter writer, ImmutableArray<TypedefPage> pages)
    {
        writer.WriteStartObject();
        foreach (var (category, list) in TypeCategories.Lists)
        {
            writer.WriteStartArray(list);
            foreach (var page in pages.Where(page => page.Definition.Category == category))
            {
                writer.WriteRawValue(page.Json.Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteHeaders(Utf8JsonWriter writer, ImmutableArray<TypedefPage> pages)
    {
        writer.WriteStartArray();
        foreach (var page in pages)
        {
            page.WriteHeader(writer);
        }

        writer.WriteEndArray();
    }
}
