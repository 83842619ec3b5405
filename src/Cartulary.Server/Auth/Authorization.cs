using Cartulary.Core.Errors;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Cartulary.Server.Auth;

/// <summary>
/// Keeps principals from endpoints that their role does not reach; runs after routing. An endpoint that says nothing is for all
/// when it reads and for administrators when it does anything else, so that one forgotten is one closed.
/// </summary>
internal static class Authorization
{
    /// <summary>Marks an endpoint that is for all although its method is another one than GET: it only reads.</summary>
    public static T AllowEveryRole<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Needed(Role: null));

    /// <summary>Marks an endpoint as one that saves assets.</summary>
    public static T RequireEditor<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Needed(KeyRole.Editor));

    /// <summary>Marks an endpoint as one for administrators, such as those of keys.</summary>
    public static T RequireAdministrator<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(new Needed(KeyRole.Administrator));

    /// <summary>The principal of a request that has passed <see cref="Authentication"/>.</summary>
    public static Principal Principal(this HttpContext http) => http.Features.GetRequiredFeature<Principal>();

    /// <summary>The least role that may use an endpoint with a method; null when every role may.</summary>
    public static KeyRole? RoleFor(RouteEndpoint endpoint, string method) =>
        endpoint.Metadata.GetMetadata<Needed>() is { } needed ? needed.Role : HttpMethods.IsGet(method) ? null : KeyRole.Administrator;

    /// <summary>Answers 403 where the principal may not go.</summary>
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        // What routing puts in place of an endpoint that is not there is no route, and answers by itself.
        if (http.GetEndpoint() is not RouteEndpoint endpoint || RoleFor(endpoint, http.Request.Method) is not { } role || http.Principal().Role >= role)
        {
            return next(http);
        }

        var message = $"{http.Principal().Name} is not authorized to perform {http.Request.Method} {http.Request.Path}";
        return ErrorAnswer.SendAsync(http, ErrorCodes.NotAuthorized, message, http.RequestAborted);
    }

    /// <summary>The least role that an endpoint asks for; null when it is for all.</summary>
    private sealed record Needed(KeyRole? Role);
}
