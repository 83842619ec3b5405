using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;
using Cartulary.Server.Answers;
using Cartulary.Server.Endpoints.Assets;
using Cartulary.Server.Http;
using Cartulary.Server.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Glossaries;

/// <summary>Endpoints that read glossaries, categories and terms in the form of Apache Atlas.</summary>
internal sealed class GlossaryReads(AssetReader reader)
{
    private static readonly ImmutableArray<string> TermRelations =
    [
        "antonyms", "classifies", "isA", "preferredTerms", "preferredToTerms", "replacedBy", "replacementTerms", "seeAlso", "synonyms", "translatedTerms",
        "translationTerms", "validValues", "validValuesFor",
    ];

    /// <summary>Maps them under a prefix.</summary>
    public void Map(RouteGroupBuilder group)
    {
        group.MapGet("", http => AllAsync(http, http.RequestAborted)).Describe(static () => GlossaryOperations.ListGlossaries);
        MapOne(group, "/{guid}", GlossaryKind.Glossary, GlossaryOperations.GetGlossary);
        MapOne(group, "/category/{guid}", GlossaryKind.Category, GlossaryOperations.GetCategory);
        MapOne(group, "/term/{guid}", GlossaryKind.Term, GlossaryOperations.GetTerm);
        group.MapGet("/{guid}/detailed", http => DetailedAsync(http, http.RequestAborted)).Describe(static () => GlossaryOperations.GetDetailed);
        MapParts(group, "terms", GlossaryOperations.GetTerms, GlossaryOperations.GetTermHeaders);
        MapParts(group, "categories", GlossaryOperations.GetCategories, GlossaryOperations.GetCategoryHeaders);
        group.MapGet("/category/{guid}/terms", http => HeadersAsync(http, GlossaryKind.Category, "terms", http.RequestAborted))
            .Describe(static () => GlossaryOperations.GetTermsOfCategory);
        group.MapGet("/category/{guid}/related", http => RelatedAsync(http, GlossaryKind.Category, [("parent", "parentCategory"), ("children", "childrenCategories")], http.RequestAborted))
            .Describe(static () => GlossaryOperations.GetRelatedCategories);
        group.MapGet("/terms/{guid}/related", http => RelatedAsync(http, GlossaryKind.Term, [.. TermRelations.Select(name => (name, name))], http.RequestAborted))
            .Describe(static () => GlossaryOperations.GetRelatedTerms);
        group.MapGet("/terms/{guid}/assignedEntities", http => HeadersAsync(http, GlossaryKind.Term, "assignedEntities", http.RequestAborted))
            .Describe(static () => GlossaryOperations.GetAssigned);
    }

    /// <summary>The asset that an address names, if it is of the kind; null when a refusal has been answered.</summary>
    public static async ValueTask<AssetView?> FindAsync(
        HttpContext http, AssetReader reader, QueryReader query, GlossaryKind kind, bool withEdges, CancellationToken cancellationToken)
    {
        if (AssetAddress.ByGuid(http, query) is not { } selector || !query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return null;
        }

        var (view, problem) = await reader.GetAsync(selector, withEdges, cancellationToken);
        if (view?.Type.Is(kind.TypeName) == true)
        {
            return view;
        }

        await ErrorAnswer.SendAsync(
            http,
            [problem ?? new Problem(ErrorCodes.GuidNotFound, "guid", $"Given instance guid {view!.Asset.Guid} is invalid/not found: it is no {kind.TypeName}")],
            cancellationToken);
        return null;
    }

    private void MapOne(RouteGroupBuilder group, string route, GlossaryKind kind, Operation operation) =>
        group.MapGet(route, http => OneAsync(http, kind, http.RequestAborted)).Describe(() => operation);

    private void MapParts(RouteGroupBuilder group, string end, Operation whole, Operation headers)
    {
        group.MapGet($"/{{guid}}/{end}", http => PartsAsync(http, end, http.RequestAborted)).Describe(() => whole);
        group.MapGet($"/{{guid}}/{end}/headers", http => HeadersAsync(http, GlossaryKind.Glossary, end, http.RequestAborted)).Describe(() => headers);
    }

    private async Task AllAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var (offset, limit, isDescending) = Paging(query);
        if (!query.Problems.IsEmpty)
        {
            await ErrorAnswer.SendAsync(http, query.Problems, cancellationToken);
            return;
        }

        var views = await reader.GetGlossariesAsync(isDescending, offset, limit, cancellationToken);
        await JsonAnswer.SendAsync(http, 200, views.AsEnumerable(), GlossaryAnswer.WriteMany, cancellationToken);
    }

    private static (int Offset, int Limit, bool IsDescending) Paging(QueryReader query)
    {
        var offset = query.Number("offset", 0, 0, int.MaxValue);
        var limit = query.Text("limit") is null or "-1" ? int.MaxValue : query.Number("limit", int.MaxValue, 0, int.MaxValue);
        var order = query.Text("sort")?.ToUpperInvariant() ?? "ASC";
        if (order is not ("ASC" or "DESC"))
        {
            query.Refuse("sort", $"sort must be ASC or DESC, not {order}");
        }

        return (offset, limit, order == "DESC");
    }

    private async Task OneAsync(HttpContext http, GlossaryKind kind, CancellationToken cancellationToken)
    {
        if (await FindAsync(http, reader, new QueryReader(http.Request.Query), kind, withEdges: true, cancellationToken) is { } view)
        {
            await JsonAnswer.SendAsync(http, 200, view, GlossaryAnswer.WriteOne, cancellationToken);
        }
    }

    private async Task DetailedAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (await FindAsync(http, reader, new QueryReader(http.Request.Query), GlossaryKind.Glossary, withEdges: true, cancellationToken) is { } view)
        {
            var parts = view.Ends.Where(end => end.End.Name is "terms" or "categories").SelectMany(end => end.Edges).Where(edge => edge.Edge.IsLive);
            var (views, _) = await reader.GetManyAsync([.. parts.Select(edge => edge.Other.Guid)], withEdges: true, cancellationToken);
            await JsonAnswer.SendAsync(http, 200, (view, views), GlossaryAnswer.WriteDetailed, cancellationToken);
        }
    }

    private async Task PartsAsync(HttpContext http, string end, CancellationToken cancellationToken)
    {
        if (await EdgesAsync(http, GlossaryKind.Glossary, end, cancellationToken) is { } found)
        {
            var (views, _) = await reader.GetManyAsync([.. found.Edges.Select(edge => edge.Other.Guid)], withEdges: true, cancellationToken);
            await JsonAnswer.SendAsync(http, 200, views.AsEnumerable(), GlossaryAnswer.WriteMany, cancellationToken);
        }
    }

    private async Task HeadersAsync(HttpContext http, GlossaryKind kind, string end, CancellationToken cancellationToken)
    {
        if (await EdgesAsync(http, kind, end, cancellationToken) is { } found)
        {
            await JsonAnswer.SendAsync(http, 200, found, GlossaryAnswer.WriteHeaders, cancellationToken);
        }
    }

    private async Task RelatedAsync(
        HttpContext http, GlossaryKind kind, ImmutableArray<(string Name, string End)> ends, CancellationToken cancellationToken)
    {
        if (await FindAsync(http, reader, new QueryReader(http.Request.Query), kind, withEdges: true, cancellationToken) is { } view)
        {
            var related = ends.Select(end => (end.Name, LiveEdges(view, end.End))).Where(end => end.Item2.Any());
            await JsonAnswer.SendAsync(http, 200, (view, related), GlossaryAnswer.WriteHeadersByName, cancellationToken);
        }
    }

    /// <summary>A page of what stands at a relationship attribute, by name; null when a refusal has been answered.</summary>
    private async ValueTask<(AssetView View, IEnumerable<EdgeView> Edges)?> EdgesAsync(
        HttpContext http, GlossaryKind kind, string end, CancellationToken cancellationToken)
    {
        var query = new QueryReader(http.Request.Query);
        var (offset, limit, isDescending) = Paging(query);
        if (await FindAsync(http, reader, query, kind, withEdges: true, cancellationToken) is not { } view)
        {
            return null;
        }

        if (view.LeftOut.Contains(end))
        {
            await ErrorAnswer.SendAsync(http, ErrorCodes.TooManyAssets, $"there are more {end} than a read returns", cancellationToken);
            return null;
        }

        var sorted = LiveEdges(view, end).OrderBy(edge => AssetNames.DisplayText(edge.Other.State, edge.OtherType), StringComparer.Ordinal).ToList();
        if (isDescending)
        {
            sorted.Reverse();
        }

        return (view, sorted.Skip(offset).Take(limit));
    }

    private static IEnumerable<EdgeView> LiveEdges(AssetView view, string end) =>
        view.Ends.Where(one => one.End.Name == end).SelectMany(one => one.Edges).Where(edge => edge.Edge.IsLive);
}
