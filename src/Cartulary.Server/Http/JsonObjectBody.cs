using System.Text.Json;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;

namespace Cartulary.Server.Http;

/// <summary>Bodies that are one small JSON object.</summary>
internal static class JsonObjectBody
{
    private const int Depth = 8;

    /// <summary>The object, or null with a problem: no UTF-8, no JSON, a key twice, too deep, or something else than an object.</summary>
    public static JsonElement? Parse(ReadOnlyMemory<byte> body, ProblemList problems)
    {
        if (TextCheck.WhyUnreadable(body.Span) is { } fault)
        {
            problems.Add(new Problem(ErrorCodes.BadRequest, "", fault));
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = Depth });
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
}
