using System.Text.Json;

namespace Cartulary.Core.Save.Read;

/// <summary>Bodies that are one JSON value, whatever its kind.</summary>
internal static class OneValue
{
    /// <summary>Why a body is not one; null when it is.</summary>
    public static string? WhyNot(ReadOnlyMemory<byte> body, int depth)
    {
        if (TextCheck.WhyUnreadable(body.Span) is { } fault)
        {
            return fault;
        }

        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = depth });
            while (reader.Read())
            {
                // Every token is looked at by the reader itself.
            }

            return null;
        }
        catch (JsonException problem)
        {
            return $"the body is not one JSON value: {problem.Message}";
        }
    }

    /// <summary>The value of a body that is one, without what stands around it.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body)
    {
        var reader = CheckedJson.Read(body.Span);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    /// <summary>Whether a body that is one value is null, or an object or array without members.</summary>
    public static bool IsEmpty(ReadOnlyMemory<byte> body)
    {
        var reader = CheckedJson.Read(body.Span);
        reader.Read();
        return reader.TokenType == JsonTokenType.Null
            || (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
                && reader.Read() && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray);
    }
}
