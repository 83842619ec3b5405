using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Ports;

/// <summary>An asset as it was where the kept log begins.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Guid">Its public id.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="Status">In use or archived, then.</param>
/// <param name="Version">Its version then.</param>
/// <param name="State">Its state then.</param>
/// <param name="Edges">Its edges that were recorded then, with the status that their ends had.</param>
public sealed record BaseAsset(
    AssetId Id, Guid Guid, int TypeId, AssetStatus Status, long Version, AssetState State, ImmutableArray<StoredEdge> Edges);
