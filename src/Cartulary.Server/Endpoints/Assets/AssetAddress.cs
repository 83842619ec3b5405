using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Reads which asset an address names; what is wrong goes to the query's problems.</summary>
internal static class AssetAddress
{
    /// <summary>The asset of <c>…/guid/{guid}</c>, or null.</summary>
    public static AssetSelector? ByGuid(HttpContext http, QueryReader query)
    {
        var text = (string)http.GetRouteValue("guid")!;
        if (RequestGuid.TryParseReal(text, out var guid))
        {
            return new AssetSelector.ByGuid(guid);
        }

        query.Refuse(ErrorCodes.GuidNotFound, "guid", $"Given instance guid {text} is invalid/not found");
        return null;
    }

    /// <summary>The asset of <c>…/uniqueAttribute/type/{typeName}?attr:NAME=VALUE</c>, or null.</summary>
    public static AssetSelector? ByUniqueAttribute(HttpContext http, QueryReader query) =>
        query.Prefixed("attr:") is { } attribute
            ? new AssetSelector.ByUniqueAttribute((string)http.GetRouteValue("typeName")!, attribute.Key, attribute.Value)
            : null;

    /// <summary>The assets of <c>…/type/{typeName}?attr_0:NAME=VALUE&amp;attr_1:…</c>; at least one and at most <paramref name="max"/>.</summary>
    public static ImmutableArray<AssetSelector.ByUniqueAttribute> UniqueAttributes(HttpContext http, QueryReader query, int max)
    {
        var typeName = (string)http.GetRouteValue("typeName")!;
        var attributes = query.Numbered("attr_");
        if (query.Problems.IsEmpty && attributes.IsEmpty)
        {
            query.Refuse("attr_0", "attr_0:NAME=VALUE is missing");
        }

        if (attributes.Length > max)
        {
            query.Refuse(ErrorCodes.TooManyAssets, "attr_0", $"{attributes.Length} assets are named; at most {max} are taken");
        }

        return [.. attributes.Select(attribute => new AssetSelector.ByUniqueAttribute(typeName, attribute.Key, attribute.Value))];
    }

    /// <summary>The guids of <c>?guid=…&amp;guid=…</c>; at least one and at most <paramref name="max"/>.</summary>
    public static ImmutableArray<Guid> Guids(QueryReader query, int max)
    {
        var guids = query.Guids("guid");
        if (query.Problems.IsEmpty && guids.IsEmpty)
        {
            query.Refuse("guid", "guid is missing");
        }

        if (guids.Length > max)
        {
            query.Refuse(ErrorCodes.TooManyAssets, "guid", $"{guids.Length} guids are given; at most {max} are taken");
        }

        return guids;
    }
}
