using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Cli.Saving;

namespace Cartulary.Cli.Sources;

/// <summary>An asset that a source found.</summary>
/// <param name="TypeName">Its type.</param>
/// <param name="QualifiedName">Its qualified name.</param>
/// <param name="Attributes">
/// Every attribute that the source owns: one without a value is null, so that a value that went away is cleared.
/// Attributes that the source does not own are absent.
/// </param>
internal sealed record SourceAsset(string TypeName, string QualifiedName, JsonObject Attributes)
{
    /// <summary>Relationship attributes that this asset cannot have, and loses if it had them in another life.</summary>
    public ImmutableArray<string> NoRelations { get; init; } = [];

    /// <summary>A reference to an asset by its qualified name.</summary>
    public static JsonObject Reference(string typeName, string qualifiedName) => new()
    {
        ["typeName"] = typeName,
        ["uniqueAttributes"] = new JsonObject { ["qualifiedName"] = qualifiedName },
    };

    /// <summary>The asset as a save sends it. It says ACTIVE, so that an asset that was archived comes back.</summary>
    public EntityJson ToEntity(string guid)
    {
        using var buffer = new MemoryStream(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("guid", guid);
            writer.WriteString("typeName", TypeName);
            writer.WriteString("status", "ACTIVE");
            writer.WritePropertyName("attributes");
            Attributes.WriteTo(writer);
            if (!NoRelations.IsEmpty)
            {
                writer.WriteStartObject("relationshipAttributes");
                foreach (var end in NoRelations)
                {
                    writer.WriteNull(end);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return new(guid, buffer.ToArray());
    }
}
