using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Cartulary.Server.Http;

/// <summary>One line for each request at level Debug: method, path, status, time and trace; never a query, a header or a body.</summary>
internal sealed class RequestLogging(TimeProvider clock, ILogger<RequestLogging> logger)
{
    /// <summary>Runs the rest and logs what came of it.</summary>
    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var start = clock.GetTimestamp();
        await next(http);
        if (logger.IsEnabled(LogLevel.Debug))
        {
            var milliseconds = clock.GetElapsedTime(start).TotalMilliseconds;
            logger.RequestAnswered(
                http.Request.Method, http.Request.Path, http.Response.StatusCode, milliseconds, Activity.Current?.TraceId.ToHexString());
        }
    }
}
