using System.Text.Json;

namespace Cartulary.Core.Save.Read;

/// <summary>Reads parts of a body that has been walked once: they are JSON, and no deeper than the settings allow.</summary>
internal static class CheckedJson
{
    /// <summary>More than the setting for the depth can be, which is what has been checked.</summary>
    private const int Deepest = 2_000;

    /// <summary>A reader before the first token of a part.</summary>
    public static Utf8JsonReader Read(ReadOnlySpan<byte> part) => new(part, new JsonReaderOptions { MaxDepth = Deepest });
}
