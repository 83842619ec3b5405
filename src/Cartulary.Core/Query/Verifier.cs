using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>
/// Checks a catalog against its own log: folds every event from the first one, as a consumer would, and compares the result
/// with what is stored. Meant for a catalog that nobody writes to meanwhile; keeps the folded catalog in memory.
/// </summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="feed">Its events.</param>
public sealed class Verifier(ICatalogStore store, TypeRegistrySource types, EventFeed feed)
{
    private const int PageEvents = 5_000;
    private const int PageAssets = 500;
    private const int MostFaults = 100;

    /// <summary>Verifies; <paramref name="progress"/> is told how many events have been folded.</summary>
    public async Task<Verification> VerifyAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var fold = new FeedFold();
        FeedPage page;
        do
        {
            page = await feed.ReadAsync(new FeedQuery(fold.Sequence, PageEvents), cancellationToken);
            foreach (var item in page.Events)
            {
                using var envelope = JsonDocument.Parse(item.Envelope);
                fold.Add(item.Sequence, envelope.RootElement);
            }

            progress?.Report(fold.Sequence);
        }
        while (fold.Sequence < page.Head.Sequence && fold.Faults.Count == 0);

        var faults = new List<string>(fold.Faults);
        var assets = await CompareAsync(fold, faults, cancellationToken);
        return new Verification(fold.Sequence, assets, [.. faults.Take(MostFaults)]);
    }

    private async ValueTask<long> CompareAsync(FeedFold fold, List<string> faults, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var count = 0L;
        var after = new AssetId(0);
        while (await session.ScanAsync(after, PageAssets, cancellationToken) is { IsEmpty: false } assets)
        {
            var edges = await session.EdgesOfAsync([.. assets.Select(asset => asset.Id)], cancellationToken);
            var live = LiveEdges(registry, edges);
            foreach (var asset in assets)
            {
                faults.AddRange(Differences(fold, registry, asset, live[asset.Guid]));
            }

            count += assets.Length;
            after = assets[^1].Id;
        }

        if (fold.Assets.Count != count)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"the log tells of {fold.Assets.Count} assets and {count} are stored"));
        }

        return count;
    }

    private static ILookup<Guid, ((string End, Guid Partner) Key, string Attributes)> LiveEdges(TypeRegistry registry, ImmutableArray<StoredEdge> edges) =>
        edges.Where(edge => edge.IsLive).SelectMany(edge =>
        {
            var relationship = registry.Relationship(edge.RelationshipId);
            var attributes = StateJson.Attributes(edge.Attributes, registry);
            return new[]
            {
                (Asset: edge.End1.Guid, Key: (relationship.End1.Name, edge.End2.Guid), attributes),
                (Asset: edge.End2.Guid, Key: (relationship.End2.Name, edge.End1.Guid), attributes),
            };
        }).ToLookup(entry => entry.Asset, entry => (entry.Key, entry.attributes));

    private static IEnumerable<string> Differences(
        FeedFold fold, TypeRegistry registry, StoredAsset asset, IEnumerable<((string End, Guid Partner) Key, string Attributes)> edges)
    {
        if (!fold.Assets.TryGetValue(asset.Guid, out var told))
        {
            yield return $"asset {asset.Guid} is stored and was never told";
            yield break;
        }

        var stored = Fold(registry, asset, edges);
        foreach (var (what, left, right) in new[]
        {
            ("type", told.TypeName, stored.TypeName),
            ("status", told.Status, stored.Status),
            ("version", Text(told.Version), Text(stored.Version)),
            ("labels", told.Labels, stored.Labels),
            ("customAttributes", told.CustomAttributes, stored.CustomAttributes),
        })
        {
            if (left != right)
            {
                yield return $"asset {asset.Guid}: {what} was told as {left} and is {right}";
            }
        }

        foreach (var name in told.Attributes.Keys.Union(stored.Attributes.Keys).Where(name => told.Attributes.GetValueOrDefault(name) != stored.Attributes.GetValueOrDefault(name)))
        {
            yield return $"asset {asset.Guid}: {name} was told as {told.Attributes.GetValueOrDefault(name) ?? "absent"} and is {stored.Attributes.GetValueOrDefault(name) ?? "absent"}";
        }

        foreach (var key in told.Edges.Keys.Union(stored.Edges.Keys).Where(key => told.Edges.GetValueOrDefault(key) != stored.Edges.GetValueOrDefault(key)))
        {
            yield return $"asset {asset.Guid}: {key.End} to {key.Partner} was told as {told.Edges.GetValueOrDefault(key) ?? "absent"} and is {stored.Edges.GetValueOrDefault(key) ?? "absent"}";
        }
    }

    private static FoldedAsset Fold(TypeRegistry registry, StoredAsset asset, IEnumerable<((string End, Guid Partner) Key, string Attributes)> edges)
    {
        var folded = new FoldedAsset
        {
            TypeName = registry.Entity(asset.TypeId).Name,
            Status = asset.Status == AssetStatus.Active ? "ACTIVE" : "DELETED",
            Version = asset.Version,
            Labels = StateJson.Labels(asset.State.Labels),
            CustomAttributes = StateJson.CustomAttributes(asset.State.CustomAttributes),
        };
        foreach (var attribute in asset.State.Attributes)
        {
            folded.Attributes[registry.Attribute(attribute.AttributeId).Name] = StateJson.Value(attribute.Value, registry);
        }

        foreach (var (key, attributes) in edges)
        {
            folded.Edges[key] = attributes;
        }

        return folded;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
