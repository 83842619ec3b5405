using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <summary>A type definition as the server gives it, or as a file has it.</summary>
/// <param name="List">The list of a bundle that it stands in, such as <c>entityDefs</c>.</param>
/// <param name="Json">The definition.</param>
internal sealed record TypeEntry(string List, JsonElement Json)
{
    /// <summary>The lists of a bundle.</summary>
    public static readonly string[] Lists = ["enumDefs", "structDefs", "classificationDefs", "entityDefs", "relationshipDefs", "businessMetadataDefs"];

    // The program itself installs what is built in.
    private const string Installer = "cartulary";

    /// <summary>Its name, which may be one that the server made up.</summary>
    public string Name => Json.Text("name") ?? "";

    /// <summary>The name for people.</summary>
    public string DisplayName => Json.Text("displayName") is { Length: > 0 } shown ? shown : Name;

    /// <summary>How often it has been changed, and once for its creation.</summary>
    public long Version => Json.Number("version") ?? 0;

    /// <summary>The category as people write it, such as <c>entity</c>.</summary>
    public string Category => List[..^"Defs".Length];

    /// <summary>Whether it came with the program.</summary>
    public bool IsBuiltIn => Json.Text("createdBy") == Installer;

    /// <summary>Whether two entries are of the same definition: by name, or of tags and custom metadata by display name.</summary>
    public bool Means(TypeEntry other) => List == other.List && (Name == other.Name || (Json.Member("displayName") is not null && DisplayName == other.DisplayName));

    /// <summary>The definitions of a bundle.</summary>
    public static IEnumerable<TypeEntry> Of(JsonElement bundle) =>
        Lists.SelectMany(list => bundle.Items(list).Select(definition => new TypeEntry(list, definition)));

    /// <summary>A definition by itself; null when it does not say of which category it is.</summary>
    public static TypeEntry? OfOne(JsonElement definition) => definition.Text("category") switch
    {
        "ENUM" => new("enumDefs", definition),
        "STRUCT" => new("structDefs", definition),
        "CLASSIFICATION" => new("classificationDefs", definition),
        "ENTITY" => new("entityDefs", definition),
        "RELATIONSHIP" => new("relationshipDefs", definition),
        "BUSINESS_METADATA" => new("businessMetadataDefs", definition),
        _ => null,
    };

    /// <summary>A bundle of definitions.</summary>
    public static byte[] Bundle(IEnumerable<TypeEntry> entries)
    {
        var byList = entries.ToLookup(entry => entry.List);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (var list in Lists)
            {
                writer.WriteStartArray(list);
                foreach (var entry in byList[list])
                {
                    entry.Json.WriteTo(writer);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
