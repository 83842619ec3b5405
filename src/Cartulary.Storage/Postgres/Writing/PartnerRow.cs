using Cartulary.Core.Assets;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>A recorded edge of an asset, and who stands at its other end.</summary>
/// <param name="Edge">The number of the edge's row.</param>
/// <param name="Link">The order in which edges were recorded.</param>
/// <param name="Asset">The partner.</param>
/// <param name="Guid">Its guid.</param>
/// <param name="TypeId">The number of its type.</param>
/// <param name="Revision">Its revision when this was read.</param>
/// <param name="Status">Its status when this was read.</param>
internal readonly record struct PartnerRow(long Edge, long Link, long Asset, Guid Guid, int TypeId, long Revision, AssetStatus Status);
