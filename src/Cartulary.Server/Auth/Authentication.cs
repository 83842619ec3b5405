using Cartulary.Core.Errors;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Auth;

/// <summary>Lets nobody past without a key, except to what is open.</summary>
internal sealed class Authentication(KeyRing keys, OpenAddresses open, ILogger<Authentication> logger)
{
    /// <summary>Finds the principal, or answers 401.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (!open.Holds(http))
        {
            var key = Credentials.KeyOf(http.Request.Headers.Authorization);
            var principal = key is null ? null : await keys.FindAsync(key, http.RequestAborted);
            if (principal is null)
            {
                logger.NotAuthenticated(http.Request.Path, key is not null);
                http.Response.Headers.WWWAuthenticate = new(["Bearer realm=\"cartulary\"", "Basic realm=\"cartulary\", charset=\"UTF-8\""]);
                var message = key is null ? "An API key is needed: Authorization: Bearer KEY" : "The API key is not known";
                await ErrorAnswer.SendAsync(http, ErrorCodes.NotAuthenticated, message, http.RequestAborted);
                return;
            }

            http.Features.Set(principal);
        }

        await next(http);
    }
}
