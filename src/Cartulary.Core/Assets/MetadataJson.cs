using System.Text.Json;
using Cartulary.Core.Types;

namespace Cartulary.Core.Assets;

/// <summary>Writes custom metadata as JSON: by set, then by attribute, each under its internal name.</summary>
public static class MetadataJson
{
    /// <summary>Writes values of custom metadata as the value of the member whose name was written; null for an attribute that has none.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<(int AttributeId, CanonicalValue? Value)> values, TypeRegistry registry)
    {
        writer.WriteStartObject();
        var bySet = values.Select(value => (Attribute: registry.Attribute(value.AttributeId), value.Value)).GroupBy(value => value.Attribute.DeclaringType, StringComparer.Ordinal);
        foreach (var set in bySet.OrderBy(set => set.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(set.Key);
            foreach (var (attribute, value) in set.OrderBy(value => value.Attribute.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(attribute.EncodedName);
                if (value is { } present)
                {
                    ValueJson.Write(writer, present, registry);
                }
                else
                {
                    writer.WriteNullValue();
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes all custom metadata of a state.</summary>
    public static void Write(Utf8JsonWriter writer, AssetState state, TypeRegistry registry) =>
        Write(writer, state.CustomMetadata.Select(value => (value.AttributeId, (CanonicalValue?)value.Value)), registry);
}
