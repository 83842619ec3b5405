using Cartulary.Core.Assets;
using Cartulary.Core.Tags;

namespace Cartulary.Core.Tests.Tags;

/// <summary>Some assets and ways between them, in memory, with the plainest way to say who has which tag.</summary>
internal sealed class SmallWorld
{
    public Dictionary<Guid, bool> Active { get; init; } = [];

    public HashSet<TagWay> Ways { get; init; } = [];

    public Dictionary<Guid, Dictionary<TagKey, AssetTag>> Tags { get; init; } = [];

    public SmallWorld Copy() => new()
    {
        Active = new(Active),
        Ways = [.. Ways],
        Tags = Tags.ToDictionary(entry => entry.Key, entry => new Dictionary<TagKey, AssetTag>(entry.Value)),
    };

    /// <summary>Every tag of another asset that leads to an asset, followed from its source over everything that it takes.</summary>
    public HashSet<(Guid Asset, AssetTag Tag)> Reach()
    {
        var reach = new HashSet<(Guid, AssetTag)>();
        foreach (var (source, tags) in Tags)
        {
            foreach (var tag in tags.Values.Where(tag => tag.Source == source))
            {
                Follow(source, tag, reach);
            }
        }

        return reach;
    }

    private void Follow(Guid from, AssetTag tag, HashSet<(Guid Asset, AssetTag Tag)> reach)
    {
        if (!Active[from] && (from != tag.Source || tag.RemovePropagationsOnEntityDelete))
        {
            return;
        }

        foreach (var way in Ways.Where(way => way.From == from && Active[way.To] && way.To != tag.Source && MayTake(tag, way)))
        {
            if (reach.Add((way.To, tag)))
            {
                Follow(way.To, tag, reach);
            }
        }
    }

    private static bool MayTake(AssetTag tag, TagWay way) =>
        tag.Propagate
        && (way.Path != TagPath.Lineage || !tag.RestrictPropagationThroughLineage)
        && (way.Path != TagPath.Hierarchy || !tag.RestrictPropagationThroughHierarchy);
}
