using Cartulary.Core.Assets;

namespace Cartulary.Core.Tags;

/// <summary>By what a tag's flags let it pass.</summary>
internal static class TagFlow
{
    /// <summary>Whether a tag goes over an edge of a kind whose ends are in use.</summary>
    public static bool Takes(this AssetTag tag, TagPath path) => tag.Propagate && path switch
    {
        TagPath.Lineage => !tag.RestrictPropagationThroughLineage,
        TagPath.Hierarchy => !tag.RestrictPropagationThroughHierarchy,
        _ => true,
    };

    /// <summary>Whether a tag leaves an asset: one that is in use, or an archived one whose own tag is to outlive it.</summary>
    public static bool Leaves(this AssetTag tag, Guid asset, bool isActive) =>
        isActive || (tag.Source == asset && !tag.RemovePropagationsOnEntityDelete);
}
