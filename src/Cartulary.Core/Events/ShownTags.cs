using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Events;

/// <summary>The tags that an event's entity shows: the asset's, and for each one entry for every supertype, so that a reader who knows only that finds it.</summary>
internal static class ShownTags
{
    /// <summary>The tags of an asset, each followed by those of its supertypes that the asset has not anyway.</summary>
    public static IEnumerable<AssetTag> Of(AssetState state, TypeRegistry registry)
    {
        var shown = state.Tags.Select(tag => tag.Key).ToHashSet();
        foreach (var tag in state.Tags)
        {
            yield return tag;
            foreach (var superType in registry.Classification(tag.TypeId).SuperTypeNames.Select(registry.FindClassification).OfType<ClassificationType>())
            {
                if (shown.Add(new TagKey(superType.Id, tag.Source)))
                {
                    var known = superType.Attributes.Select(attribute => attribute.Id).ToHashSet();
                    yield return tag with { TypeId = superType.Id, Attributes = [.. tag.Attributes.Where(attribute => known.Contains(attribute.AttributeId))] };
                }
            }
        }
    }
}
