using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;
using Cartulary.Core.Types;

namespace Cartulary.Server.Answers.Search;

/// <summary>The asset at the other end of a relationship, as a search tells of it: a reference with the attributes that were asked for.</summary>
internal static class RelatedAsset
{
    /// <summary>Writes one as an object.</summary>
    public static void Write(Utf8JsonWriter writer, EdgeView view, TypeRegistry registry, Shown shown)
    {
        writer.WriteStartObject();
        RelationshipAnswer.WriteOther(writer, view);
        WriteAttributes(writer, view, registry, shown);
        RelationshipAnswer.WriteRelationship(writer, view, registry);
        if (shown.EdgeAttributes)
        {
            RelationshipAnswer.WriteAttributes(writer, view, registry);
        }

        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, EdgeView view, TypeRegistry registry, Shown shown)
    {
        writer.WriteStartObject("attributes"u8);
        foreach (var (id, value) in view.Other.State.Attributes)
        {
            var attribute = registry.Attribute(id);
            if (shown.Wish.RelationAttributes.Contains(attribute.Name))
            {
                writer.WritePropertyName(attribute.EncodedName);
                ValueJson.Write(writer, value, registry);
            }
        }

        writer.WriteEndObject();
    }
}
