using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Cartulary.Server.OpenApi;

/// <summary>
/// The description of the API, in the form of OpenAPI 3.1, made of the endpoints as they are mapped. Schemas stand in
/// <c>components.json</c>: answers are written by hand, so there are no types that they could be read from.
/// </summary>
internal static class OpenApiDocument
{
    private const string SecondPrefix = "/api/atlas/v2";

    private static readonly ImmutableArray<(string Name, string Meaning)> Tags =
    [
        ("Assets", "Save, archive and read assets, as they are and as they were."),
        ("Tags", "Tags of assets: what they say, and where they are passed on."),
        ("Glossaries", "Glossaries, categories and terms in the form of Apache Atlas."),
        ("Relationships", "Relationships by themselves, in the form of Apache Atlas."),
        ("Labels", "Labels of one asset, by themselves."),
        ("Custom metadata", "Custom metadata of one asset, by itself."),
        ("Search", "Assets found by what they hold, in the query languages of Atlan's and Apache Atlas's clients."),
        ("Lineage", "What assets are made of, and what is made of them."),
        ("History", "How an asset came to be what it is."),
        ("Events", "What has changed: the feed, the stream, and the snapshot to start over from."),
        ("Exports", "The catalog as a file, out and in."),
        ("Webhooks", "Events sent to addresses, and what came of it."),
        ("Sinks", "Events carried to other systems."),
        ("Types", "Type definitions, built in and made by clients."),
        ("Jobs", "Work that takes more than one save, such as deleting a connection."),
        ("Settings", "Settings that are kept in the catalog."),
        ("Keys", "Who may come in, and what they may do."),
        ("Operations", "How the server does."),
        ("Clients", "What clients of Atlan and Apache Atlas ask at start."),
    ];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the document.</summary>
    public static byte[] Make(IEnumerable<EndpointDataSource> sources)
    {
        var document = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Meaning })]),
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }, new JsonObject { ["basic"] = new JsonArray() }),
            ["paths"] = Paths(Described(sources)),
            ["components"] = Components(),
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, Indented);
    }

    /// <summary>The endpoints that belong into the document. The second prefix means the same as the first, and is not written out.</summary>
    public static IEnumerable<RouteEndpoint> Described(IEnumerable<EndpointDataSource> sources) =>
        sources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is not { ExcludeFromDescription: true })
            .Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith(SecondPrefix, StringComparison.Ordinal));

    private static JsonObject Info() => new()
    {
        ["title"] = "Cartulary",
        ["version"] = "1",
        ["description"] =
            $"A metadata catalog that tells exactly what changed. What stands under /api/meta stands under {SecondPrefix} too. " +
            "HEAD is answered as GET is, without a body; OPTIONS names the methods of an address.",
        ["license"] = new JsonObject { ["name"] = "Apache 2.0", ["identifier"] = "Apache-2.0" },
    };

    private static JsonObject Paths(IEnumerable<RouteEndpoint> endpoints)
    {
        var paths = new JsonObject();
        foreach (var path in endpoints.GroupBy(PathOf, StringComparer.Ordinal).OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            var item = new JsonObject();
            foreach (var endpoint in path)
            {
                foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                {
                    item[method.ToLower(CultureInfo.InvariantCulture)] = OperationWriter.Write(endpoint, method);
                }
            }

            paths[path.Key] = item;
        }

        return paths;
    }

    private static string PathOf(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => "",
        }))));

    private static JsonNode? Components()
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("OpenApi/components.json")!;
        return JsonNode.Parse(stream);
    }
}
