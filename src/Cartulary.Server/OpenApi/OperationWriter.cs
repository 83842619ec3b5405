using System.Globalization;
using System.Text.Json.Nodes;
using Cartulary.Core.Errors;
using Cartulary.Server.Auth;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Cartulary.Server.OpenApi;

/// <summary>One call in the form of OpenAPI. What an endpoint itself knows, such as the role it needs, is taken from it.</summary>
internal static class OperationWriter
{
    private const string Json = "application/json";

    /// <summary>Writes the call that an endpoint is with a method.</summary>
    /// <exception cref="InvalidOperationException">Nobody has described the endpoint.</exception>
    public static JsonObject Write(RouteEndpoint endpoint, string method)
    {
        var operation = endpoint.Metadata.GetMetadata<Func<Operation>>()?.Invoke()
            ?? throw new InvalidOperationException($"The endpoint {endpoint.DisplayName} is not described");
        var role = Authorization.RoleFor(endpoint, method);
        var node = new JsonObject
        {
            ["operationId"] = operation.Id,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
            ["description"] = $"{operation.Description} {Audience(operation, role)}".TrimStart(),
        };
        JsonNode[] parameters = [.. endpoint.RoutePattern.Parameters.Select(part => PathParameter(part, operation)), .. operation.Parameters.Select(Parameter)];
        if (parameters.Length > 0)
        {
            node["parameters"] = new JsonArray(parameters);
        }

        if (operation.Body is { } body)
        {
            node["requestBody"] = new JsonObject { ["required"] = true, ["content"] = Content(Json, body) };
        }

        node["responses"] = Responses(operation, role);
        if (operation.IsOpen)
        {
            node["security"] = new JsonArray();
        }

        return node;
    }

    private static string Audience(Operation operation, KeyRole? role) => role switch
    {
        KeyRole.Administrator => "For administrators.",
        KeyRole.Editor => "For editors and administrators.",
        _ when operation.IsOpen => "Needs no key.",
        _ => "For every key.",
    };

    private static JsonObject PathParameter(RoutePatternParameterPart part, Operation operation) => new()
    {
        ["name"] = part.Name,
        ["in"] = "path",
        ["description"] = part.Name switch
        {
            "guid" when operation.Tag == "Types" => "The guid of the definition.",
            "guid" => "The asset's guid.",
            "typeName" => "The asset's type, or one above it.",
            "name" => "The name of the definition.",
            "id" => "The id of the key.",
            _ => throw new InvalidOperationException($"The part {part.Name} of an address is not described"),
        },
        ["required"] = true,
        ["schema"] = new JsonObject { ["type"] = "string" },
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

    private static JsonObject Responses(Operation operation, KeyRole? role)
    {
        var done = new JsonObject { ["description"] = "Done.", ["content"] = Content(operation.MediaType, operation.Answer) };
        if (!operation.AnswerHeaders.IsEmpty)
        {
            done["headers"] = new JsonObject(operation.AnswerHeaders.Select(header => KeyValuePair.Create(header.Name, (JsonNode?)Header(header.Meaning))));
        }

        var responses = operation.Answer.Length == 0
            ? new JsonObject { ["204"] = new JsonObject { ["description"] = "Done." } }
            : new JsonObject { ["200"] = done };
        if (operation.IsConditional)
        {
            responses["304"] = new JsonObject { ["description"] = "The reader has it already." };
        }

        foreach (var status in Refusals(operation, role).Distinct().GroupBy(code => code.Status).OrderBy(status => status.Key))
        {
            var schema = operation.RefusalSchemas.GetValueOrDefault(status.Key, "Error");
            var refusal = Refusal(string.Join("; ", status.Select(code => $"{code.Code}: {code.Title}")), schema);
            if (status.Key == ErrorCodes.TooManyRequests.Status)
            {
                refusal["headers"] = new JsonObject { ["Retry-After"] = Header("Seconds after which to come again.") };
            }

            responses[status.Key.ToString(CultureInfo.InvariantCulture)] = refusal;
        }

        responses["default"] = Refusal("Any other refusal.", "Error");
        return responses;
    }

    /// <summary>Those of the call, and those that follow from what it is.</summary>
    private static IEnumerable<ErrorCode> Refusals(Operation operation, KeyRole? role) =>
    [
        .. operation.Refusals,
        .. operation.IsOpen ? (ReadOnlySpan<ErrorCode>)[] : [ErrorCodes.NotAuthenticated, ErrorCodes.Internal, ErrorCodes.Unavailable],
        .. role is null ? (ReadOnlySpan<ErrorCode>)[] : [ErrorCodes.NotAuthorized, ErrorCodes.StorageFull],
        .. operation.Body is null
            ? (ReadOnlySpan<ErrorCode>)[]
            :
            [
                ErrorCodes.BadRequest, ErrorCodes.RequestTimeout, ErrorCodes.BodyTooLarge, ErrorCodes.UnsupportedMediaType, ErrorCodes.TooManyRequests,
            ],
    ];

    private static JsonObject Header(string meaning) => new() { ["description"] = meaning, ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject Refusal(string description, string schema) => new() { ["description"] = description, ["content"] = Content(Json, schema) };

    private static JsonObject Content(string mediaType, string schema) => new()
    {
        [mediaType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } },
    };
}
