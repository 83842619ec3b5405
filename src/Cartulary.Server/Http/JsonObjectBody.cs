using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;

namespace Cartulary.Server.Http;

/// <summary>Bodies that are one JSON object.</summary>
internal static class JsonObjectBody
{
    private const int DepthOfSmall = 8;

    /// <summary>The object, or null with a problem: no UTF-8, no JSON, a key twice, too deep, or something else than an object.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body, ProblemList problems, int depth = DepthOfSmall)
    {
        if (TextCheck.WhyUnreadable(body.Span) is { } fault)
        {
            problems.Add(new Problem(ErrorCodes.BadRequest, "", fault));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = depth });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
        }
        catch (JsonException problem)
        {
            problems.Add(new Problem(ErrorCodes.BadRequest, "", $"the body is not valid JSON: {problem.Message}"));
            return null;
        }

        problems.Add(new Problem(ErrorCodes.BadRequest, "", "the body must be a JSON object"));
        return null;
    }

    /// <summary>A member that is a text; null when it is none or not there.</summary>
    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A member that is a whole number of a range; null when it is not there, or with a problem when it is something else.</summary>
    public static long? Number(JsonElement json, string name, long min, long max, ProblemList problems)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= min && number <= max)
        {
            return number;
        }

        var range = max == long.MaxValue ? $"from {min} on" : $"from {min} to {max}";
        problems.Add(new Problem(ErrorCodes.InvalidParameters, name, $"invalid parameters: {name} must be a whole number {range}"));
        return null;
    }
}
