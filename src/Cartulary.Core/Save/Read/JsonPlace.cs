using System.Text;
using System.Text.Json;

namespace Cartulary.Core.Save.Read;

/// <summary>
/// Finds where in a body something stands that keeps it from being read: walks it a second time, which only broken bodies cost.
/// </summary>
internal static class JsonPlace
{
    private const int MostLevels = 12;
    private const int LongestKey = 100;

    /// <summary>The path of the value at a byte, or of the one at which reading ends for another reason.</summary>
    public static string Of(ReadOnlySpan<byte> body, int depth, long stop = long.MaxValue)
    {
        var levels = new List<Level>();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = depth });
            while (reader.Read() && reader.TokenStartIndex <= stop)
            {
                Follow(ref reader, levels, stop);
            }
        }
        catch (JsonException)
        {
            // Here it is.
        }

        var path = string.Concat(levels.Take(MostLevels).Select(level => level.Text)).TrimStart('.');
        return levels.Count > MostLevels ? path + "…" : path;
    }

    private static void Follow(ref Utf8JsonReader reader, List<Level> levels, long stop)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                var isBefore = reader.BytesConsumed <= stop;
                levels[^1].Key = isBefore ? Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, LongestKey)]) : null;
                return;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                levels.RemoveAt(levels.Count - 1);
                return;
        }

        if (levels.Count > 0 && levels[^1].IsArray)
        {
            levels[^1].Index++;
        }

        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            levels.Add(new Level(reader.TokenType == JsonTokenType.StartArray));
        }
    }

    /// <summary>An object or array that is open, and how far it has been read.</summary>
    private sealed class Level(bool isArray)
    {
        public bool IsArray => isArray;

        public string? Key { get; set; }

        public int Index { get; set; } = -1;

        public string Text => IsArray ? Index < 0 ? "" : $"[{Index}]" : Key is null ? "" : $".{Key}";
    }
}
