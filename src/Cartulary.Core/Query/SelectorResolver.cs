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
        if (registry.FindEntity(named.TypeName) is not { } type)
        {
            return (null, new Problem(ErrorCodes.UnknownType, "type", $"Type ENTITY with name {named.TypeName} does not exist"));
        }

        if (type.Attribute(named.Attribute) is not { Definition.IsUnique: true } attribute)
        {
            return (null, new Problem(ErrorCodes.NotUniqueAttribute, $"attr:{named.Attribute}", $"Type {type.Name} with unique attribute {named.Attribute} does not exist"));
        }

        var matches = await session.FindByKeyAsync([new AssetKey(attribute.Id, named.Value)], cancellationToken);
        var match = KeyMatching.Choose(matches, type, out var candidates);
        return (match, candidates) switch
        {
            ({ } one, _) => (one.Asset, null),
            (null, > 1) => (null, new Problem(ErrorCodes.BadRequest, $"attr:{named.Attribute}", $"{candidates} assets of subtypes of {type.Name} have {named.Attribute} {named.Value}: name the exact type")),
            _ => (null, new Problem(ErrorCodes.NotFoundByAttribute, $"attr:{named.Attribute}", $"Instance {type.Name} with unique attribute {{{named.Attribute}={named.Value}}} does not exist")),
        };
    }

    /// <summary>The problem of a guid that has no asset.</summary>
    public static Problem NotFound(Guid guid) =>
        new(ErrorCodes.GuidNotFound, "guid", string.Create(CultureInfo.InvariantCulture, $"Given instance guid {guid} is invalid/not found"), guid.ToString("D"));
}
