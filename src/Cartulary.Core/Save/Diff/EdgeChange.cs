using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Diff;

/// <summary>What a save does to one live edge of an asset.</summary>
/// <param name="End">The relationship attribute of the asset.</param>
/// <param name="Other">The asset at the other end.</param>
/// <param name="Before">The edge's attributes before; null when it was not live.</param>
/// <param name="After">The edge's attributes after; null when it is not live any more.</param>
internal sealed record EdgeChange(EndAttribute End, BatchAsset Other, AssetState? Before, AssetState? After);
