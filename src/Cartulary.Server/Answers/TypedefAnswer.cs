using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Server.Answers;

/// <summary>Writes several definitions.</summary>
internal static class TypedefAnswer
{
    /// <summary>All six lists, empty or not: clients take a missing or null one for a failure.</summary>
    public static void WriteBundle(Utf8JsonWriter writer, ImmutableArray<TypedefPage> pages)
    {
        writer.WriteStartObject();
        foreach (var (category, list) in TypeCategories.Lists)
        {
            writer.WriteStartArray(list);
            foreach (var page in pages.Where(page => page.Definition.Category == category))
            {
                writer.WriteRawValue(page.Json.Span, skipInputValidation: true);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>The headers only.</summary>
    public static void WriteHeaders(Utf8JsonWriter writer, ImmutableArray<TypedefPage> pages)
    {
        writer.WriteStartArray();
        foreach (var page in pages)
        {
            page.WriteHeader(writer);
        }

        writer.WriteEndArray();
    }
}
