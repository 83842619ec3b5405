using Cartulary.Core.Errors;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Cartulary.Server.Auth;

/// <summary>Keeps read-only keys from endpoints that write; runs after routing.</summary>
internal static class Authorization
{
    private static readonly object WritesMark = new Writes();

    /// <summary>Marks an endpoint as one that writes.</summary>
    public static T RequireAdministrator<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(WritesMark);

    /// <summary>The principal of a request that has passed <see cref="Authentication"/>.</summary>
    public static Principal Principal(this HttpContext http) => http.Features.GetRequiredFeature<Principal>();

    /// <summary>Answers 403 where the principal may not write.</summary>
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Writes>() is null || http.Principal().Role == KeyRole.Administrator)
        {
            return next(http);
        }

        var message = $"{http.Principal().Name} is not authorized to perform {http.Request.Method} {http.Request.Path}";
        return ErrorAnswer.SendAsync(http, ErrorCodes.NotAuthorized, message, http.RequestAborted);
    }

    private sealed class Writes;
}
