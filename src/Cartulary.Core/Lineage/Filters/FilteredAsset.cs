using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>An asset as a filter sees it.</summary>
/// <param name="End">What edges know of it.</param>
/// <param name="Stored">The asset itself; null where no condition asks for it.</param>
/// <param name="Registry">The types it belongs to.</param>
public readonly record struct FilteredAsset(EdgeEnd End, StoredAsset? Stored, TypeRegistry Registry)
{
    /// <summary>Its type.</summary>
    public EntityType Type => Registry.Entity(End.TypeId);
}
