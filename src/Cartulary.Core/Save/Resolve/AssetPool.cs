using Cartulary.Core.Assets;

namespace Cartulary.Core.Save.Resolve;

/// <summary>All assets that take part in a save, one instance each.</summary>
internal sealed class AssetPool(PlanningScope scope)
{
    private readonly Dictionary<Guid, BatchAsset> _byGuid = [];
    private readonly Dictionary<AssetId, BatchAsset> _byId = [];

    public IEnumerable<BatchAsset> All => _byGuid.Values;

    public int Count => _byGuid.Count;

    public BatchAsset? Find(Guid guid) => _byGuid.GetValueOrDefault(guid);

    public BatchAsset? Find(AssetId id) => _byId.GetValueOrDefault(id);

    public BatchAsset AddNew(Guid guid, Types.EntityType type)
    {
        var asset = new BatchAsset(guid, type, stored: null);
        _byGuid.Add(guid, asset);
        return asset;
    }

    /// <summary>Loads those of the assets that are not in the pool yet.</summary>
    public async ValueTask LoadAsync(IEnumerable<AssetId> ids, CancellationToken cancellationToken)
    {
        var missing = ids.Where(id => !_byId.ContainsKey(id)).ToHashSet();
        foreach (var (id, stored) in await scope.LoadAsync(missing, cancellationToken))
        {
            var asset = new BatchAsset(stored.Guid, scope.Registry.Entity(stored.TypeId), stored);
            _byId.Add(id, asset);
            _byGuid.Add(stored.Guid, asset);
        }
    }
}
