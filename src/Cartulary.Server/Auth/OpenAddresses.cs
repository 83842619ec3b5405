using System.Net;
using Cartulary.Server.Endpoints.Service;
using Cartulary.Server.Hosting;
using Cartulary.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Auth;

/// <summary>
/// What is answered without a key: health, and the description of the API, which is the same for every server and holds no
/// data; where a key is shown for a token; metrics as the settings say.
/// </summary>
internal sealed class OpenAddresses(TelemetryOptions telemetry)
{
    /// <summary>Whether a request needs no key.</summary>
    public bool Holds(HttpContext http) =>
        http.Request.Path == TokenEndpoint.Path || IsUnder(http, "/health") || IsUnder(http, "/openapi") || IsUnder(http, "/docs") || (IsUnder(http, TelemetrySetup.MetricsPath) && AreMetricsOpenTo(http));

    private static bool IsUnder(HttpContext http, string path) => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase);

    private bool AreMetricsOpenTo(HttpContext http) =>
        !telemetry.MetricsNeedKey && http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
}
