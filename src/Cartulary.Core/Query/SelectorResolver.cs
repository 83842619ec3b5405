using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Finds the asset that an address names.</summary>
internal static class SelectorResolver
{
    /// <summary>The asset, or what is wrong. Among several of a type's subtypes, those in use come before archived ones.</summary>
    public static async ValueTask<(AssetId? Asset, Problem? Problem)> FindAsync(
        IReadSession session, TypeRegistry registry, AssetSelector selector, CancellationToken cancellationToken)
    {
        if (selector is AssetSelector.ByGuid byGuid)
        {
            var found = await session.FindByGuidAsync([byGuid.Guid], cancellationToken);
            return found.TryGetValue(byGuid.Guid, out var id) ? (id, null) : (null, NotFound(byGuid.Guid));
        }

        var named = (AssetSelector.ByUniqueAttribute)selector;
        return KeyOf(registry, named, out var type, out var problem) is { } key
            ? Choose(await session.FindByKeyAsync([key], cancellationToken), type!, named)
            : (null, problem);
    }

    /// <summary>The asset, which may be purged when it is named by guid: the last that was known of it.</summary>
    public static async ValueTask<(StoredAsset? Asset, Problem? Problem)> FindEverAsync(
        IReadSession session, TypeRegistry registry, AssetSelector selector, CancellationToken cancellationToken)
    {
        var (found, problem) = await FindAsync(session, registry, selector, cancellationToken);
        if (found is { } id)
        {
            return ((await session.LoadAsync([id], cancellationToken))[id], null);
        }

        var purged = selector is AssetSelector.ByGuid byGuid
            ? (await session.FindPurgedAsync([byGuid.Guid], cancellationToken)).GetValueOrDefault(byGuid.Guid)
            : null;
        return purged is null ? (null, problem) : (purged, null);
    }

    /// <summary>The key that a selector asks for, with its type; null with what is wrong when the type or attribute cannot be asked for.</summary>
    public static AssetKey? KeyOf(TypeRegistry registry, AssetSelector.ByUniqueAttribute selector, out EntityType? type, out Problem? problem)
    {
        problem = null;
        type = registry.FindEntity(selector.TypeName);
        if (type is null)
        {
            problem = new Problem(ErrorCodes.UnknownType, "type", $"Type ENTITY with name {selector.TypeName} does not exist");
            return null;
        }

        if (type.Attribute(selector.Attribute) is { Definition.IsUnique: true } attribute)
        {
            return new AssetKey(attribute.Id, selector.Value);
        }

        problem = new Problem(ErrorCodes.NotUniqueAttribute, $"attr:{selector.Attribute}", $"Type {type.Name} with unique attribute {selector.Attribute} does not exist");
        return null;
    }

    /// <summary>The asset among those that hold a selector's key, or what is wrong.</summary>
    public static (AssetId? Asset, Problem? Problem) Choose(IEnumerable<KeyMatch> matches, EntityType type, AssetSelector.ByUniqueAttribute selector)
    {
        var path = $"attr:{selector.Attribute}";
        if (KeyMatching.Choose(matches, type, out var candidates) is { } match)
        {
            return (match.Asset, null);
        }

        return candidates > 1
            ? (null, new Problem(ErrorCodes.BadRequest, path, $"{candidates} assets of subtypes of {type.Name} have {selector.Attribute} {selector.Value}: name the exact type"))
            : (null, new Problem(ErrorCodes.NotFoundByAttribute, path, $"Instance {type.Name} with unique attribute {{{selector.Attribute}={selector.Value}}} does not exist"));
    }

    /// <summary>The problem of a guid that has no asset.</summary>
    public static Problem NotFound(Guid guid) =>
        new(ErrorCodes.GuidNotFound, "guid", string.Create(CultureInfo.InvariantCulture, $"Given instance guid {guid} is invalid/not found"), guid.ToString("D"));
}
