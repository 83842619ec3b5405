using System.Text.Json;
using Cartulary.Core.Query;

namespace Cartulary.Core.Events;

/// <summary>Takes tags as events and reads tell them into a folded asset.</summary>
public static class FoldedTags
{
    /// <summary>Sets the tags of a list.</summary>
    public static void Set(FoldedAsset asset, JsonElement tags)
    {
        foreach (var tag in tags.EnumerateArray())
        {
            asset.Tags[KeyOf(tag)] = Text(tag);
        }
    }

    /// <summary>Removes the tags of a list.</summary>
    public static void Remove(FoldedAsset asset, JsonElement tags)
    {
        foreach (var tag in tags.EnumerateArray())
        {
            asset.Tags.Remove(KeyOf(tag));
        }
    }

    private static (string TypeName, Guid Source) KeyOf(JsonElement tag) => (tag.GetProperty("typeName").GetString()!, tag.GetProperty("entityGuid").GetGuid());

    /// <summary>The status shown beside a tag is the asset's: it changes without the tag, and so is no part of it.</summary>
    private static string Text(JsonElement tag) => StateJson.Text(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in tag.EnumerateObject().Where(member => member.Name != "entityStatus"))
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
    });
}
