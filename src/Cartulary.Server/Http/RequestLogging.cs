using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Http;

/// <summary>One line for each request at level Debug: method, path, status and time; never a query or a body.</summary>
internal sealed class RequestLogging(TimeProvider clock, ILogger<RequestLogging> logger)
{
    /// <summary>Runs the rest and logs what came of it.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var start = clock.GetTimestamp();
        await next(http);
        logger.RequestAnswered(http.Request.Method, http.Request.Path, http.Response.StatusCode, clock.GetElapsedTime(start).TotalMilliseconds);
    }
}
