using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Http;

/// <summary>
/// Answers the methods that no endpoint names itself: HEAD is GET without the body, and OPTIONS tells which methods an address
/// takes.
/// </summary>
internal static class MethodAnswers
{
    private static readonly object HeadKey = new();

    /// <summary>Whether the client wants no body: then nothing is worth waiting for.</summary>
    public static bool IsHead(HttpContext http) => http.Items.ContainsKey(HeadKey);

    /// <summary>Runs the rest and answers for what it leaves open.</summary>
    public static async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var method = http.Request.Method;
        if (HttpMethods.IsHead(method))
        {
            // The web server knows what was asked, and sends no body.
            http.Request.Method = HttpMethods.Get;
            http.Items[HeadKey] = true;
        }

        await next(http);
        var response = http.Response;
        if (response.StatusCode != 405 || response.HasStarted)
        {
            return;
        }

        var allowed = string.Join(", ", response.Headers.Allow.ToString(), HttpMethods.Options);
        response.Headers.Allow = allowed.Contains(HttpMethods.Get, StringComparison.Ordinal) ? $"{allowed}, {HttpMethods.Head}" : allowed;
        if (HttpMethods.IsOptions(method))
        {
            response.StatusCode = 204;
        }
    }
}
