using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query;

/// <summary>Compares one asset as of two commits, edges included, over its whole state.</summary>
internal sealed class StateComparison
{
    private const int WholeListLimit = 100;
    private readonly TypeRegistry _registry;
    private readonly Side _from;
    private readonly Side _to;
    private readonly List<LoggedAsset> _references = [];

    private StateComparison(TypeRegistry registry, Side from, Side to)
    {
        _registry = registry;
        _from = from;
        _to = to;
    }

    /// <summary>The difference from the one commit to the other, which may be the earlier one.</summary>
    public static async ValueTask<AssetDifference> CompareAsync(
        IReadSession session, TypeRegistry registry, AssetId asset, CommitNumber from, CommitNumber to, CancellationToken cancellationToken)
    {
        var before = await Side.LoadAsync(session, registry, asset, from, cancellationToken);
        var after = await Side.LoadAsync(session, registry, asset, to, cancellationToken);
        return await new StateComparison(registry, before, after).CompareAsync(cancellationToken);
    }

    private async ValueTask<AssetDifference> CompareAsync(CancellationToken cancellationToken)
    {
        await NameOthersAsync(cancellationToken);
        var (from, to) = (_from.Asset, _to.Asset);
        var body = new EventBody
        {
            Attributes = StateDiff.Attributes(from.State, to.State, ImmutableHashSet<int>.Empty),
            Labels = from.State.Labels.SequenceEqual(to.State.Labels, StringComparer.Ordinal) ? null : new(from.State.Labels, to.State.Labels),
            CustomAttributes = from.State.CustomAttributes.SequenceEqual(to.State.CustomAttributes)
                ? null
                : new(from.State.CustomAttributes, to.State.CustomAttributes),
            Tags = StateDiff.Tags(from.State, to.State),
            CustomMetadata = StateDiff.CustomMetadata(from.State, to.State),
            Status = from.Status == to.Status ? null : new(from.Status, to.Status),
            Added = [.. _to.Edges.Where(edge => !_from.Edges.ContainsKey(edge.Key)).Select(edge => Delta(edge.Key, edge.Value, _to))],
            Removed = [.. _from.Edges.Where(edge => !_to.Edges.ContainsKey(edge.Key)).Select(edge => Delta(edge.Key, edge.Value, _from))],
            Changed = [.. _to.Edges.Where(IsChanged).Select(edge => Change(edge.Key, edge.Value))],
        };
        return new AssetDifference(from, to, AsEvent(body));
    }

    /// <summary>Only assets at the ends of edges that differ, or that a short list names, are looked up.</summary>
    private async ValueTask NameOthersAsync(CancellationToken cancellationToken)
    {
        var added = _to.Edges.Keys.Where(key => !_from.Edges.ContainsKey(key)).ToList();
        var removed = _from.Edges.Keys.Where(key => !_to.Edges.ContainsKey(key)).ToList();
        var ends = added.Concat(removed).Select(key => key.End).ToHashSet();
        var listed = _to.Edges.Keys.Where(key => ends.Contains(key.End)).GroupBy(key => key.End).Where(group => group.Count() <= WholeListLimit).SelectMany(group => group);
        await _to.NameAsync([.. added.Concat(listed).Concat(_to.Edges.Where(IsChanged).Select(edge => edge.Key)).Select(key => key.Other)], cancellationToken);
        await _from.NameAsync([.. removed.Select(key => key.Other)], cancellationToken);
    }

    private bool IsChanged(KeyValuePair<EdgePlace, StoredEdge> edge) =>
        _from.Edges.TryGetValue(edge.Key, out var before) && !before.Attributes.Equals(edge.Value.Attributes);

    private EdgeDelta Delta(EdgePlace place, StoredEdge edge, Side side) =>
        new(place.End.Relationship.Id, place.End.Side, PlaceOf(side.Named(place.Other)), edge.Attributes);

    private EdgeAttributesChange Change(EdgePlace place, StoredEdge edge) =>
        new(place.End.Relationship.Id, place.End.Side, PlaceOf(_to.Named(place.Other)), _from.Edges[place].Attributes, edge.Attributes);

    private int PlaceOf(LoggedAsset asset)
    {
        _references.Add(asset);
        return _references.Count - 1;
    }

    private EventToRender AsEvent(EventBody body)
    {
        // As in events: of an archived asset, which has no live partners, no lists are told.
        var to = _to.Asset;
        var changed = body.Added.Concat(body.Removed).Select(delta => (delta.RelationshipId, delta.Side)).ToHashSet();
        var lists = _to.Edges.Keys.Where(place => place.End.IsMany && changed.Contains((place.End.Relationship.Id, place.End.Side)))
            .GroupBy(place => place.End)
            .ToDictionary(group => (group.Key.Relationship.Id, group.Key.Side), group => group.Select(place => place.Other).ToList());
        var record = new LogRecord(
            EventKind.EntityUpdate,
            new LoggedAsset(to.Guid, to.TypeId, _to.QualifiedName),
            new EventNumbers(to.Id, to.Version, Revision: 0),
            to.Status,
            body,
            [
                .. changed.Where(_ => to.Status == AssetStatus.Active).Select(end => (end, Members: lists.GetValueOrDefault(end, [])))
                    .Where(list => list.Members.Count <= WholeListLimit)
                    .Select(list => new EndList(list.end.RelationshipId, list.end.Side, [.. list.Members.Select(_to.Named)])),
            ],
            [.. _references]);
        var context = new CommitContext(Guid.Empty, to.Updated.Actor, "", DeleteHandler: null, ImmutableSortedDictionary<string, string>.Empty);
        var commit = new LoggedCommit(_to.Commit, FirstSequence: 0, Count: 1, to.Updated.Time, context, ReadOnlyMemory<byte>.Empty);
        return new EventToRender(commit, Index: 0, record, [record], to.State, to.Created, _registry);
    }

    /// <summary>Where an edge of the asset leads: its relationship attribute and the asset at the other end.</summary>
    private readonly record struct EdgePlace(EndAttribute End, AssetId Other);

    /// <summary>The asset as of one of the two commits, with its live edges.</summary>
    private sealed class Side(PastView view, TypeRegistry registry, CommitNumber commit, StoredAsset asset, Dictionary<EdgePlace, StoredEdge> edges)
    {
        private IReadOnlyDictionary<AssetId, StoredAsset> _others = ImmutableDictionary<AssetId, StoredAsset>.Empty;

        public CommitNumber Commit { get; } = commit;

        public StoredAsset Asset { get; } = asset;

        public Dictionary<EdgePlace, StoredEdge> Edges { get; } = edges;

        public string QualifiedName => NameOf(Asset);

        public static async ValueTask<Side> LoadAsync(
            IReadSession session, TypeRegistry registry, AssetId id, CommitNumber commit, CancellationToken cancellationToken)
        {
            var view = new PastView(session, commit);
            var asset = (await view.LoadAsync([id], cancellationToken))[id];
            var edges = new Dictionary<EdgePlace, StoredEdge>();
            foreach (var edge in (await view.EdgesAsync([id], cancellationToken)).Where(edge => edge.IsLive))
            {
                var relationship = registry.Relationship(edge.RelationshipId);
                if (edge.End1.Id == id)
                {
                    edges[new EdgePlace(relationship.End1, edge.End2.Id)] = edge;
                }

                if (edge.End2.Id == id)
                {
                    edges[new EdgePlace(relationship.IsSymmetric ? relationship.End1 : relationship.End2, edge.End1.Id)] = edge;
                }
            }

            return new Side(view, registry, commit, asset, edges);
        }

        public async ValueTask NameAsync(IReadOnlyCollection<AssetId> others, CancellationToken cancellationToken) =>
            _others = await view.LoadAsync(others.ToHashSet(), cancellationToken);

        public LoggedAsset Named(AssetId other) => new(_others[other].Guid, _others[other].TypeId, NameOf(_others[other]));

        private string NameOf(StoredAsset named) => named.Text(registry.Entity(named.TypeId).Attribute("qualifiedName")) ?? "";
    }
}
