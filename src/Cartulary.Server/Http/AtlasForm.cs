using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Http;

/// <summary>
/// What Apache Atlas's clients read in another form than Atlan's: periods of tags, which are objects to the ones and texts to the
/// others, and each refuses or loses those of the other. Few tags have periods, so only answers that hold some are written again.
/// </summary>
internal static class AtlasForm
{
    /// <summary>Deeper than any answer is.</summary>
    private const int Deepest = 2_000;

    /// <summary>Whether an answer has to be put into that form.</summary>
    public static bool Applies(HttpContext http, ReadOnlySpan<byte> json) =>
        http.Request.Path.StartsWithSegments("/api/atlas", StringComparison.OrdinalIgnoreCase) && json.IndexOf("\"validityPeriods\":[\""u8) >= 0;

    /// <summary>Writes an answer in that form.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        var answer = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { MaxDepth = Deepest });
        Show(answer);
        using var writer = new Utf8JsonWriter(output, JsonAnswer.Options with { MaxDepth = Deepest });
        answer!.WriteTo(writer);
    }

    private static void Show(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Show(item);
            }
        }
        else if (node is JsonObject json)
        {
            if (json.ContainsKey("typeName") && json.ContainsKey("entityGuid") && json["validityPeriods"] is JsonArray periods)
            {
                json["validityPeriods"] = new JsonArray([.. periods.Select(period => JsonNode.Parse(period!.GetValue<string>()))]);
            }

            foreach (var (_, member) in json)
            {
                Show(member);
            }
        }
    }
}
