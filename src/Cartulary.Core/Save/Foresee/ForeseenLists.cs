using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Foresee;

/// <summary>Works out the lists of live partners that a commit would read after writing a plan.</summary>
internal sealed class ForeseenLists
{
    /// <summary>Of an end with more edges than this no list is foreseen, even if most of them are suspended.</summary>
    private const int EdgesMax = 10_000;

    private readonly IReadSession _session;
    private readonly CommitPlan _plan;
    private readonly HashSet<long> _closed;
    private readonly Dictionary<Guid, int> _subjects = [];
    private readonly Dictionary<int, AssetStatus> _statuses;
    private IReadOnlyDictionary<AssetId, StoredAsset> _stored = ImmutableDictionary<AssetId, StoredAsset>.Empty;
    private IReadOnlyDictionary<EndKey, ImmutableArray<StoredEdge>> _edges = ImmutableDictionary<EndKey, ImmutableArray<StoredEdge>>.Empty;

    public ForeseenLists(IReadSession session, CommitPlan plan)
    {
        _session = session;
        _plan = plan;
        _closed = [.. plan.ClosedEdges];
        _statuses = plan.Updates.Where(update => update.Status is not null).ToDictionary(update => update.Subject, update => update.Status!.Value);
        for (var subject = 0; subject < plan.Subjects.Length; subject++)
        {
            _subjects[plan.Subjects[subject].Guid] = subject;
        }
    }

    /// <summary>The lists of each event, in order.</summary>
    public async ValueTask<IReadOnlyList<ImmutableArray<EndList>>> ReadAsync(CancellationToken cancellationToken)
    {
        var ends = _plan.Events
            .Where(told => _plan.Subjects[told.Subject].Asset.Value != 0)
            .SelectMany(told => told.Lists.Select(list => KeyOf(told.Subject, list)))
            .ToHashSet();
        _edges = await _session.SomeEdgesAtAsync(ends, EdgesMax + 1, cancellationToken);
        var partners = _edges.Where(pair => pair.Value.Length <= EdgesMax).SelectMany(pair => pair.Value.Select(edge => Other(edge, pair.Key.Asset).Id));
        _stored = await _session.LoadAsync(
            partners.Concat(_plan.Subjects.Select(subject => subject.Asset)).Where(asset => asset.Value != 0).ToHashSet(), cancellationToken);
        return [.. _plan.Events.Select(told => told.Lists.Select(list => List(told.Subject, list)).OfType<EndList>().ToImmutableArray())];
    }

    private EndKey KeyOf(int subject, EndListRequest list) =>
        new(_plan.Subjects[subject].Asset, list.RelationshipId, list.Side, list.IsSymmetric);

    private EndList? List(int subject, EndListRequest list)
    {
        var recorded = _edges.TryGetValue(KeyOf(subject, list), out var edges) ? edges : [];
        if (recorded.Length > EdgesMax)
        {
            return null;
        }

        var kept = recorded.Where(edge => !_closed.Contains(edge.Row)).Select(edge => (edge.Link, Asset: Kept(edge, subject)));
        var opened = _plan.OpenedEdges
            .Where(edge => edge.RelationshipId == list.RelationshipId)
            .Select((edge, place) => (Link: edge.Link ?? long.MaxValue - _plan.OpenedEdges.Length + place, Asset: Opened(edge, subject, list)));
        var members = kept.Concat(opened).Where(partner => partner.Asset is not null).OrderBy(partner => partner.Link).Select(partner => partner.Asset!).ToImmutableArray();
        return members.Length > list.Limit ? null : new EndList(list.RelationshipId, list.Side, members);
    }

    /// <summary>The asset at the other end of an edge that stays; null when it is not in use.</summary>
    private LoggedAsset? Kept(StoredEdge edge, int subject)
    {
        var other = Other(edge, _plan.Subjects[subject].Asset);
        if (_subjects.TryGetValue(other.Guid, out var known))
        {
            return InUse(known);
        }

        var stored = _stored[other.Id];
        return stored.Status == AssetStatus.Active
            ? new LoggedAsset(stored.Guid, stored.TypeId, stored.State.Find(_plan.QualifiedNameId)?.AsText() ?? "")
            : null;
    }

    /// <summary>The asset at the other end of a new edge of the subject; null when it is another's edge, or not in use.</summary>
    private LoggedAsset? Opened(EdgeInsert edge, int subject, EndListRequest list)
    {
        if (edge.End1 == subject && (list.IsSymmetric || list.Side == EndSide.One))
        {
            return InUse(edge.End2);
        }

        return edge.End2 == subject && (list.IsSymmetric || list.Side == EndSide.Two) ? InUse(edge.End1) : null;
    }

    private LoggedAsset? InUse(int subject)
    {
        var asset = _plan.Subjects[subject];
        var status = _statuses.TryGetValue(subject, out var changed) ? changed
            : _stored.TryGetValue(asset.Asset, out var stored) ? stored.Status
            : AssetStatus.Active;
        return status == AssetStatus.Active ? new LoggedAsset(asset.Guid, asset.TypeId, asset.QualifiedName) : null;
    }

    private static EdgeEnd Other(StoredEdge edge, AssetId asset) => edge.End1.Id == asset ? edge.End2 : edge.End1;
}
