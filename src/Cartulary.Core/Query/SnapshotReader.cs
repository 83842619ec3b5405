using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>
/// Reads the whole catalog page by page, each page from a snapshot of its own. Assets come in the order in which they were
/// created, so that saves in between neither hide nor repeat one.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="limits">How much a page may examine and hold, as for the feed.</param>
public sealed class SnapshotReader(ICatalogStore store, TypeRegistrySource types, FeedLimits limits)
{
    private const int ChunkAssets = 200;

    /// <summary>The assets after one, of these types and their subtypes; of all when none is named.</summary>
    public async ValueTask<SnapshotPage> ReadAsync(AssetId after, int limit, IReadOnlyCollection<string> typeNames, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var page = ImmutableArray.CreateBuilder<SnapshotAsset>();
        var (examined, bytes) = (0, 0L);
        while (examined < limits.ScannedEvents)
        {
            var chunk = await session.ScanAsync(after, ChunkAssets, cancellationToken);
            var wanted = chunk.Where(asset => typeNames.Count == 0 || typeNames.Any(registry.Entity(asset.TypeId).Is)).Take(limit - page.Count).ToList();
            foreach (var asset in await RenderAsync(session, registry, wanted, cancellationToken))
            {
                page.Add(asset.Shown);
                bytes += asset.Shown.Details.Length;
                if (page.Count == limit || bytes >= limits.PageBytes)
                {
                    return new SnapshotPage(page.DrainToImmutable(), asset.Id, session.Head);
                }
            }

            if (chunk.Length < ChunkAssets)
            {
                return new SnapshotPage(page.DrainToImmutable(), null, session.Head);
            }

            examined += chunk.Length;
            after = chunk[^1].Id;
        }

        return new SnapshotPage(page.DrainToImmutable(), after, session.Head);
    }

    private static async ValueTask<IEnumerable<(AssetId Id, SnapshotAsset Shown)>> RenderAsync(
        IReadSession session, TypeRegistry registry, List<StoredAsset> assets, CancellationToken cancellationToken)
    {
        var edges = await session.EdgesOfAsync([.. assets.Select(asset => asset.Id)], cancellationToken);
        var live = edges.Where(edge => edge.IsLive).ToList();
        var partners = await session.LoadAsync(live.SelectMany(edge => new[] { edge.End1.Id, edge.End2.Id }).ToHashSet(), cancellationToken);
        var named = partners.Values.ToDictionary(
            asset => asset.Id,
            asset => new LoggedAsset(asset.Guid, asset.TypeId, asset.Text(registry.Entity(asset.TypeId).Attribute("qualifiedName")) ?? ""));
        var from1 = live.ToLookup(edge => edge.End1.Id);
        var from2 = live.Where(edge => edge.End1.Id != edge.End2.Id || !registry.Relationship(edge.RelationshipId).IsSymmetric).ToLookup(edge => edge.End2.Id);
        return assets.Select(asset => (asset.Id, Render(asset)));

        SnapshotAsset Render(StoredAsset asset)
        {
            var others = ImmutableArray.CreateBuilder<LoggedAsset>();
            var added = ImmutableArray.CreateBuilder<EdgeDelta>();
            foreach (var edge in from1[asset.Id])
            {
                others.Add(named[edge.End2.Id]);
                added.Add(new EdgeDelta(edge.RelationshipId, EndSide.One, others.Count - 1, edge.Attributes));
            }

            foreach (var edge in from2[asset.Id])
            {
                others.Add(named[edge.End1.Id]);
                added.Add(new EdgeDelta(edge.RelationshipId, EndSide.Two, others.Count - 1, edge.Attributes));
            }

            var details = DetailsWriter.WriteWhole(asset, registry, others.ToImmutable(), added.ToImmutable());
            return new SnapshotAsset(asset.Guid, registry.Entity(asset.TypeId).Name, asset.Version, asset.Status, details);
        }
    }
}
