using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>Collects which stored edges to read. Assets that the save creates have none.</summary>
internal static class EdgeQueries
{
    public static void AddEnd(Dictionary<EndKey, Guid> ends, BatchAsset asset, EndAttribute end)
    {
        if (!asset.IsNew)
        {
            ends.TryAdd(new EndKey(asset.Id, end.Relationship.Id, end.Side, end.Relationship.IsSymmetric), asset.Guid);
        }
    }

    public static void AddPair(Dictionary<EdgeKey, (Guid, Guid)> pairs, BatchAsset asset, EndAttribute end, BatchAsset partner)
    {
        if (asset.IsNew || partner.IsNew)
        {
            return;
        }

        var assetFirst = end.Relationship.IsSymmetric ? asset.Guid.CompareTo(partner.Guid) <= 0 : end.Side == EndSide.One;
        var (one, two) = assetFirst ? (asset, partner) : (partner, asset);
        pairs.TryAdd(new EdgeKey(end.Relationship.Id, one.Id, two.Id), (one.Guid, two.Guid));
    }
}
