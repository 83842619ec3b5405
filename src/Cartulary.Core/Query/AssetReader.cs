using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Reads assets for people and programs: each call is one snapshot.</summary>
/// <param name="store">The catalog.</param>
/// <param name="types">Its types.</param>
/// <param name="edgesPerEnd">With more edges than this a relationship attribute is left out of an answer.</param>
public sealed partial class AssetReader(ICatalogStore store, TypeRegistrySource types, int edgesPerEnd)
{
    /// <summary>The asset that a selector names, archived or not; null with a problem when there is none.</summary>
    public ValueTask<(AssetView? View, Problem? Problem)> GetAsync(AssetSelector selector, bool withEdges, CancellationToken cancellationToken) =>
        GetAsync(selector, Moment.Now, "", withEdges, cancellationToken);

    /// <summary>
    /// The asset that a selector names now, as it was at a moment: exactly what a read answered then. Null with a problem
    /// when there is none, or none that is kept; the problem names <paramref name="parameter"/>.
    /// </summary>
    public async ValueTask<(AssetView? View, Problem? Problem)> GetAsync(
        AssetSelector selector, Moment moment, string parameter, bool withEdges, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        if (moment is Moment.Present)
        {
            var (present, missing) = await SelectorResolver.FindAsync(session, registry, selector, cancellationToken);
            if (present is not { } id)
            {
                return (null, missing);
            }

            var view = (await ViewAsync(new PastView(session, session.Head.Commit), registry, [id], withEdges, cancellationToken))[0];
            return (await WithPendingTagsAsync(session, view, cancellationToken), null);
        }

        var (asset, problem) = await SelectorResolver.FindEverAsync(session, registry, selector, cancellationToken);
        if (asset is null)
        {
            return (null, problem);
        }

        var (commit, unseen) = await PastLocator.FindAsync(session, asset, moment, parameter, cancellationToken);
        return commit is { } past
            ? ((await ViewAsync(new PastView(session, past), registry, [asset.Id], withEdges, cancellationToken))[0], null)
            : (null, unseen);
    }

    private static async ValueTask<AssetView> WithPendingTagsAsync(IReadSession session, AssetView view, CancellationToken cancellationToken)
    {
        var own = view.Asset.State.Tags.Where(tag => tag.Propagate && tag.Source == view.Asset.Guid).Select(tag => tag.Key).ToList();
        if (own.Count == 0)
        {
            return view;
        }

        var pending = await session.PendingTagsAsync(own, cancellationToken);
        return view with { PendingTags = [.. own.Where(pending.Contains).Select(key => view.Registry.Classification(key.TypeId).Name)] };
    }

    /// <summary>The assets with these guids, in the order asked; a guid that has none is named in a problem.</summary>
    public ValueTask<(ImmutableArray<AssetView> Views, ImmutableArray<Problem> Problems)> GetManyAsync(
        IReadOnlyList<Guid> guids, bool withEdges, CancellationToken cancellationToken) =>
        GetManyAsync(guids, Moment.Now, "", withEdges, cancellationToken);

    /// <summary>
    /// The assets with these guids as they were at a moment, all as of one commit; a guid that had none then is named in a
    /// problem. The moment cannot be a version.
    /// </summary>
    public async ValueTask<(ImmutableArray<AssetView> Views, ImmutableArray<Problem> Problems)> GetManyAsync(
        IReadOnlyList<Guid> guids, Moment moment, string parameter, bool withEdges, CancellationToken cancellationToken)
    {
        await using var session = await store.ReadAsync(cancellationToken);
        var registry = await types.ForAsync(session, cancellationToken);
        var purged = new List<StoredAsset>();
        var found = new Dictionary<Guid, AssetId>(await session.FindByGuidAsync(guids.ToHashSet(), cancellationToken));
        if (moment is not Moment.Present && guids.Any(guid => !found.ContainsKey(guid)))
        {
            foreach (var (guid, asset) in await session.FindPurgedAsync(guids.Where(guid => !found.ContainsKey(guid)).ToHashSet(), cancellationToken))
            {
                found[guid] = asset.Id;
                purged.Add(asset);
            }
        }

        var problems = guids.Distinct().Where(guid => !found.ContainsKey(guid)).Select(SelectorResolver.NotFound).ToImmutableArray();
        var ids = guids.Distinct().Where(found.ContainsKey).Select(guid => found[guid]).ToList();
        return await ViewManyAsync(session, registry, ids, purged, problems, moment, parameter, withEdges, cancellationToken);
    }

    /// <summary>The assets as of one moment, unless something is wrong already or some of them cannot be seen then.</summary>
    private async ValueTask<(ImmutableArray<AssetView> Views, ImmutableArray<Problem> Problems)> ViewManyAsync(
        IReadSession session,
        TypeRegistry registry,
        List<AssetId> ids,
        IReadOnlyCollection<StoredAsset> purged,
        ImmutableArray<Problem> problems,
        Moment moment,
        string parameter,
        bool withEdges,
        CancellationToken cancellationToken)
    {
        var (commit, unseen) = await PastLocator.FindAsync(session, moment, parameter, cancellationToken);
        if (commit is not { } past)
        {
            return ([], [.. problems, unseen!]);
        }

        if (moment is not Moment.Present)
        {
            var present = await session.LoadAsync(ids, cancellationToken);
            problems = problems.AddRange(await PastLocator.CheckAllAsync(session, [.. present.Values, .. purged], past, moment, parameter, cancellationToken));
        }

        return problems.IsEmpty ? (await ViewAsync(new PastView(session, past), registry, ids, withEdges, cancellationToken), []) : ([], problems);
    }

    private async ValueTask<ImmutableArray<AssetView>> ViewAsync(
        PastView view, TypeRegistry registry, IReadOnlyCollection<AssetId> ids, bool withEdges, CancellationToken cancellationToken)
    {
        var assets = await view.LoadAsync(ids, cancellationToken);
        if (!withEdges)
        {
            return [.. ids.Select(id => new AssetView(assets[id], registry.Entity(assets[id].TypeId), registry, [], []))];
        }

        var edges = await view.EdgesAsync(ids, cancellationToken);
        var groups = EdgesByEnd(registry, ids, assets, edges);
        var kept = groups.Where(group => group.Value.Count <= edgesPerEnd).ToDictionary();
        var others = await view.LoadAsync(
            kept.SelectMany(group => group.Value.Select(edge => OtherEnd(edge, group.Key.Asset).Id)).ToHashSet(), cancellationToken);
        return [.. ids.Select(id => View(id))];

        AssetView View(AssetId id)
        {
            var own = kept.Where(group => group.Key.Asset == id).OrderBy(group => group.Key.End.Name, StringComparer.Ordinal);
            var leftOut = groups.Where(group => group.Key.Asset == id && !kept.ContainsKey(group.Key)).Select(group => group.Key.End.Name);
            return new AssetView(
                assets[id],
                registry.Entity(assets[id].TypeId),
                registry,
                [.. own.Select(group => new EndView(group.Key.End, [.. group.Value.Select(edge => EdgeViewOf(edge, id))]))],
                [.. leftOut.Order(StringComparer.Ordinal)]);
        }

        EdgeView EdgeViewOf(StoredEdge edge, AssetId id)
        {
            var other = others[OtherEnd(edge, id).Id];
            return new EdgeView(edge, EdgeGuid.Of(edge.Link), other, registry.Entity(other.TypeId));
        }
    }

    /// <summary>The edges of some assets by the relationship attributes to which they belong.</summary>
    internal static Dictionary<(AssetId Asset, EndAttribute End), List<StoredEdge>> EdgesByEnd(
        TypeRegistry registry, IReadOnlyCollection<AssetId> ids, IReadOnlyDictionary<AssetId, StoredAsset> assets, ImmutableArray<StoredEdge> edges)
    {
        var groups = new Dictionary<(AssetId, EndAttribute), List<StoredEdge>>();
        var wanted = ids.ToHashSet();
        foreach (var edge in edges)
        {
            var relationship = registry.Relationship(edge.RelationshipId);
            if (wanted.Contains(edge.End1.Id))
            {
                Add(edge.End1.Id, relationship.End1, edge);
            }

            if (wanted.Contains(edge.End2.Id))
            {
                Add(edge.End2.Id, relationship.IsSymmetric ? relationship.End1 : relationship.End2, edge);
            }
        }

        return groups;

        void Add(AssetId id, EndAttribute end, StoredEdge edge)
        {
            if (assets.ContainsKey(id))
            {
                (groups.TryGetValue((id, end), out var list) ? list : groups[(id, end)] = []).Add(edge);
            }
        }
    }

    /// <summary>The end of an edge at which an asset does not stand.</summary>
    internal static EdgeEnd OtherEnd(StoredEdge edge, AssetId id) => edge.End1.Id == id ? edge.End2 : edge.End1;
}
