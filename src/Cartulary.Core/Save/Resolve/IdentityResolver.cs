using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Resolve;

/// <summary>
/// Decides which asset each listing of a request means: a real guid first, then a unique value under exactly the type, then
/// under a subtype, else a new asset.
/// </summary>
internal sealed class IdentityResolver(
    PlanningScope scope, AssetPool pool, IReadOnlyDictionary<Guid, AssetId> byGuid, ILookup<AssetKey, KeyMatch> byKey)
{
    private readonly Dictionary<string, BatchAsset> _byRequestGuid = new(StringComparer.Ordinal);
    private readonly Dictionary<AssetKey, List<BatchAsset>> _listedByKey = [];
    private readonly Dictionary<(BatchAsset Asset, int Kind), AssetKey> _renamed = [];
    private readonly List<KeyValuePair<string, Guid>> _assignments = [];
    private readonly HashSet<string> _assigned = new(StringComparer.Ordinal);
    private readonly List<(RequestAsset Request, EntityType Type, ImmutableArray<AssetKey> Keys)> _namedBySupertype = [];

    public ImmutableArray<KeyValuePair<string, Guid>> Assignments => [.. _assignments];

    /// <summary>The asset that a guid of the request stands for, or null.</summary>
    public BatchAsset? Find(RequestGuid guid) =>
        _byRequestGuid.GetValueOrDefault(guid.Text) ?? (guid.Real is { } real ? pool.Find(real) : null);

    /// <summary>
    /// The asset that a key means under a type, or null: the stored one of exactly the type; else among those that are stored
    /// with it and those to which the request gives it, by creating or renaming them.
    /// </summary>
    public BatchAsset? FindNamed(EntityType type, AssetKey key, IEnumerable<KeyMatch> stored, out int candidates)
    {
        var match = KeyMatching.Choose(stored, type, out candidates);
        if (match?.TypeId == type.Id || !_listedByKey.TryGetValue(key, out var listed) || listed.Count == 0)
        {
            return match is { } found ? pool.Find(found.Asset) : null;
        }

        var holders = stored.Select(one => pool.Find(one.Asset)).OfType<BatchAsset>().Concat(listed).Select(asset => new Holder(asset));
        return KeyMatching.Choose(holders, type, holder => holder.Asset.Type.Id, holder => holder.Asset.StatusBefore ?? AssetStatus.Active, out candidates)?.Asset;
    }

    /// <summary>
    /// Reports listings under a supertype whose names mean several assets once the request is carried out, so that the same
    /// request is not refused when it comes again.
    /// </summary>
    public void CheckNames()
    {
        foreach (var (request, type, keys) in _namedBySupertype)
        {
            foreach (var key in keys)
            {
                if (FindNamed(type, key, byKey[key], out var candidates) is null && candidates > 1)
                {
                    ReportSeveral(request, type, key, candidates);
                }
            }
        }
    }

    /// <summary>Lets a guid of the request stand for an asset.</summary>
    public void Assign(RequestGuid guid, BatchAsset asset)
    {
        _byRequestGuid[guid.Text] = asset;
        if (guid.Real != asset.Guid && _assigned.Add(guid.Text))
        {
            _assignments.Add(new(guid.Text, asset.Guid));
        }
    }

    /// <summary>The asset that a listing means, or null after reporting why there is none.</summary>
    public BatchAsset? Resolve(RequestAsset request, EntityType type, ImmutableArray<AssetKey> keys)
    {
        var known = request.Guid is { } given ? Find(given) : null;
        var refused = false;
        var asset = known ?? FindStored(request, type, keys, out refused);
        if (asset is null && !refused)
        {
            asset = NewlyNamed(type, keys) ?? Create(request, type);
        }

        if (asset is null || !TypeFits(request, type, asset) || !SameIdentity(request, type, keys, known, asset))
        {
            return null;
        }

        Remember(request, keys, asset);
        if (asset.Type != type && request.Guid?.Real is null)
        {
            _namedBySupertype.Add((request, type, keys));
        }

        return asset;
    }

    private BatchAsset? FindStored(RequestAsset request, EntityType type, ImmutableArray<AssetKey> keys, out bool refused)
    {
        refused = false;
        if (request.Guid?.Real is { } real && byGuid.TryGetValue(real, out var id))
        {
            return pool.Find(id);
        }

        BatchAsset? found = null;
        foreach (var key in keys)
        {
            var match = KeyMatching.Choose(byKey[key], type, out var candidates);
            if (match is null && candidates > 1)
            {
                refused = true;
                ReportSeveral(request, type, key, candidates);
                return null;
            }

            var asset = match is { } one ? pool.Find(one.Asset) : null;
            if (found is not null && asset is not null && asset != found)
            {
                refused = true;
                scope.Report(ErrorCodes.BadRequest, request.Path, $"the unique attributes belong to two different assets, {found.Guid} and {asset.Guid}", request.Guid?.Text);
                return null;
            }

            found ??= asset;
        }

        return found;
    }

    private BatchAsset? NewlyNamed(EntityType type, ImmutableArray<AssetKey> keys) =>
        keys.Select(key => FindListed(type, key)).FirstOrDefault(asset => asset is not null);

    /// <summary>The first asset to which the request gives a unique value: of exactly the type, else of a subtype of it.</summary>
    private BatchAsset? FindListed(EntityType type, AssetKey key) =>
        _listedByKey.TryGetValue(key, out var listed)
            ? listed.Find(asset => asset.Type == type) ?? listed.Find(asset => asset.Type.Is(type.Name))
            : null;

    private void ReportSeveral(RequestAsset request, EntityType type, AssetKey key, int candidates) => scope.Report(
        ErrorCodes.BadRequest, $"{request.Path}.typeName", $"{candidates} assets of subtypes of {type.Name} are named {key.Value}: name the exact type", request.Guid?.Text);

    private BatchAsset? Create(RequestAsset request, EntityType type)
    {
        if (request.Guid?.Real is { } real)
        {
            scope.Report(ErrorCodes.ReferenceNotFound, $"{request.Path}.guid", $"Referenced entity {real} is not found", request.Guid?.Text);
            return null;
        }

        return pool.AddNew(scope.Ids.NewGuid(), type);
    }

    private bool TypeFits(RequestAsset request, EntityType type, BatchAsset asset)
    {
        if (asset.Type.Is(type.Name))
        {
            return true;
        }

        scope.Report(ErrorCodes.BadRequest, $"{request.Path}.typeName", $"asset {asset.Guid} is a {asset.Type.Name}, which is no {type.Name}", request.Guid?.Text);
        return false;
    }

    /// <summary>A guid that the request has used before may not come with the unique value of another asset.</summary>
    private bool SameIdentity(RequestAsset request, EntityType type, ImmutableArray<AssetKey> keys, BatchAsset? known, BatchAsset asset)
    {
        if (known is null || request.Guid?.Real is not null || ServerNames.AreMadeFor(type))
        {
            return true;
        }

        var named = FindStored(request with { Guid = null }, type, keys, out _) ?? NewlyNamed(type, keys);
        if (keys.IsEmpty || named == asset)
        {
            return true;
        }

        scope.Report(ErrorCodes.BadRequest, $"{request.Path}.guid", $"the guid {request.Guid?.Text} stands for two different assets", request.Guid?.Text);
        return false;
    }

    private void Remember(RequestAsset request, ImmutableArray<AssetKey> keys, BatchAsset asset)
    {
        foreach (var key in ServerNames.AreMadeFor(asset.Type) ? [] : keys)
        {
            if (!asset.IsNew && !Renames(asset, key))
            {
                continue;
            }

            if (!_listedByKey.TryGetValue(key, out var listed))
            {
                _listedByKey.Add(key, listed = new List<BatchAsset>(1));
            }

            if (!listed.Contains(asset))
            {
                listed.Add(asset);
            }
        }

        if (request.Guid is { } guid)
        {
            Assign(guid, asset);
        }
    }

    /// <summary>Whether a listing gives a stored asset another name. Of several listings of an asset the last one is right.</summary>
    private bool Renames(BatchAsset asset, AssetKey key)
    {
        if (_renamed.Remove((asset, key.Kind), out var before))
        {
            _listedByKey[before].Remove(asset);
        }

        if (byKey[key].Any(match => match.Asset == asset.Id))
        {
            return false;
        }

        _renamed.Add((asset, key.Kind), key);
        return true;
    }

    private readonly record struct Holder(BatchAsset Asset);
}
