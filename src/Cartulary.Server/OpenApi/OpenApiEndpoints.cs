using Cartulary.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace Cartulary.Server.OpenApi;

/// <summary>The description of the API, for programs at <c>/openapi/v1.json</c> and for people at <c>/docs</c>; open to all.</summary>
internal static class OpenApiEndpoints
{
    private const string DocumentPath = "/openapi/v1.json";

    /// <summary>All that the page needs comes from the server itself; a browser is told to fetch nothing from elsewhere.</summary>
    private const string OwnContentOnly =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'";

    /// <summary>Maps both; the document is made when somebody asks for it first.</summary>
    public static void MapOpenApi(this WebApplication app)
    {
        var document = new Lazy<byte[]>(() => OpenApiDocument.Make(((IEndpointRouteBuilder)app).DataSources));
        app.MapGet(DocumentPath, http => JsonAnswer.SendBytesAsync(http, 200, document.Value, http.RequestAborted)).ExcludeFromDescription();
        app.MapScalarApiReference("/docs", page =>
        {
            page.Title = "Cartulary API";
            page.OpenApiRoutePattern = DocumentPath;
            page.DefaultFonts = false;
            page.Telemetry = false;
            page.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            page.HideClientButton = true;
            page.DisableAgent().DisableMcp();
        }).ExcludeFromDescription().KeepToOwnContent();
    }

    private static void KeepToOwnContent(this IEndpointConventionBuilder page) => page.Add(endpoint =>
    {
        var answer = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = http =>
        {
            http.Response.Headers.ContentSecurityPolicy = OwnContentOnly;
            return answer(http);
        };
    });
}
