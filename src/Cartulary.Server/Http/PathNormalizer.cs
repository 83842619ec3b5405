using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Http;

/// <summary>Lets paths with doubled or trailing slashes reach their endpoint, without a redirect: clients send both spellings.</summary>
internal static class PathNormalizer
{
    /// <summary>Rewrites the path before routing sees it.</summary>
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value;
        if (path is { Length: > 1 } && (path[^1] == '/' || path.Contains("//", StringComparison.Ordinal)))
        {
            http.Request.Path = "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries));
        }

        return next(http);
    }
}
