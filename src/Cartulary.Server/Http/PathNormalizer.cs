using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Http;

/// <summary>Lets paths with doubled or trailing slashes reach their endpoint, without a redirect: clients send both spellings.</summary>
internal static class PathNormalizer
{
    /// <summary>The page about the API finds its script beside it, so there the slash at the end means something.</summary>
    private const string ApiPage = "/docs/";

    /// <summary>Rewrites the path before routing sees it.</summary>
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value;
        if (path is { Length: > 1 } and not ApiPage && (path[^1] == '/' || path.Contains("//", StringComparison.Ordinal)))
        {
            http.Request.Path = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }

        return next(http);
    }
}
