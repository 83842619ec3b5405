using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Query;

/// <summary>Some of a catalog's assets, for a reader who starts over.</summary>
/// <param name="Assets">The assets, in the order of their numbers.</param>
/// <param name="Next">After which asset to go on; null when there are no more.</param>
/// <param name="Head">How far the catalog had come.</param>
public sealed record SnapshotPage(ImmutableArray<SnapshotAsset> Assets, AssetId? Next, CatalogHead Head);

/// <summary>One asset of a snapshot.</summary>
/// <param name="Guid">Its guid.</param>
/// <param name="TypeName">Its type.</param>
/// <param name="Version">Its version; events of this version and earlier ones are in <paramref name="Details"/>.</param>
/// <param name="Status">In use or archived.</param>
/// <param name="Details">Its whole state with its live edges as UTF-8 JSON, in the form of a creation's <c>mutatedDetails</c>.</param>
public sealed record SnapshotAsset(Guid Guid, string TypeName, long Version, AssetStatus Status, ReadOnlyMemory<byte> Details);
