using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Core.Errors;
using Microsoft.AspNetCore.Http.Metadata;
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
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Makes the document.</summary>
    public static byte[] Make(IEnumerable<EndpointDataSource> sources)
    {
        var document = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = Info(),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
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
        ["description"] = $"A metadata catalog that tells exactly what changed. What stands under /api/meta stands under {SecondPrefix} too.",
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
                    item[method.ToLower(CultureInfo.InvariantCulture)] = One(endpoint);
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

    private static JsonObject One(RouteEndpoint endpoint)
    {
        var operation = endpoint.Metadata.GetMetadata<Operation>() ?? Undescribed(endpoint);
        var node = new JsonObject { ["operationId"] = operation.Id, ["tags"] = new JsonArray(operation.Tag), ["summary"] = operation.Summary };
        if (operation.Description.Length > 0)
        {
            node["description"] = operation.Description;
        }

        JsonNode[] parameters = [.. endpoint.RoutePattern.Parameters.Select(PathParameter), .. operation.Parameters.Select(Parameter)];
        if (parameters.Length > 0)
        {
            node["parameters"] = new JsonArray(parameters);
        }

        if (operation.Body is { } body)
        {
            node["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content("application/json", body) };
        }

        node["responses"] = Responses(operation);
        if (operation.IsOpen)
        {
            node["security"] = new JsonArray();
        }

        return node;
    }

    /// <summary>What can be said of an endpoint that nobody has described but in the framework's own words.</summary>
    private static Operation Undescribed(RouteEndpoint endpoint) => new(
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.DisplayName!,
        endpoint.Metadata.GetMetadata<ITagsMetadata>() is { Tags: [var tag, ..] } ? tag : "Other",
        endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>()?.Summary ?? "")
    {
        Description = endpoint.Metadata.GetMetadata<IEndpointDescriptionMetadata>()?.Description ?? "",
        Answer = "Anything",
    };

    private static JsonObject PathParameter(RoutePatternParameterPart part) => new()
    {
        ["name"] = part.Name, ["in"] = "path", ["required"] = true, ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Parameter(Parameter parameter)
    {
        var one = new JsonObject { ["type"] = parameter.Type };
        var schema = parameter switch
        {
            { IsFree: true } => new JsonObject { ["type"] = "object", ["additionalProperties"] = one },
            { IsList: true } => new JsonObject { ["type"] = "array", ["items"] = one },
            _ => one,
        };
        return new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.Place,
            ["description"] = parameter.Description,
            ["required"] = parameter.IsRequired,
            ["schema"] = schema,
        };
    }

    private static JsonObject Responses(Operation operation)
    {
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = "Done.", ["content"] = Content(operation.MediaType, operation.Answer) },
        };
        foreach (var status in operation.Refusals.GroupBy(code => code.Status).OrderBy(status => status.Key))
        {
            responses[status.Key.ToString(CultureInfo.InvariantCulture)] = Refusal(string.Join("; ", status.Select(Text)));
        }

        if (!operation.IsOpen)
        {
            responses["401"] = Refusal(Text(ErrorCodes.NotAuthenticated));
        }

        responses["default"] = Refusal("Any other refusal");
        return responses;
    }

    private static string Text(ErrorCode code) => $"{code.Code}: {code.Title}";

    private static JsonObject Refusal(string description) => new() { ["description"] = description, ["content"] = Content("application/json", "Error") };

    private static JsonObject Content(string mediaType, string schema) => new()
    {
        [mediaType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } },
    };

    private static JsonNode? Components()
    {
        using var stream = typeof(OpenApiDocument).Assembly.GetManifestResourceStream("OpenApi/components.json")!;
        return JsonNode.Parse(stream);
    }
}
