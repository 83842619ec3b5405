using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Diff;

namespace Cartulary.Core.Save.Record;

/// <summary>
/// Turns differences into events: a fixed mapping, for each asset that changes at most one event of each kind.
/// </summary>
internal sealed class EventPlanner
{
    /// <summary>Up to so many partners an update carries the whole new list beside what was added and removed.</summary>
    private const int WholeListLimit = 100;

    private readonly SubjectTable _subjects;
    private readonly ChangeSet _changes;
    private readonly ImmutableArray<(AssetChange Change, EventKind Kind)> _told;
    private readonly Dictionary<BatchAsset, int> _places = [];

    public EventPlanner(SubjectTable subjects, ChangeSet changes)
    {
        _subjects = subjects;
        _changes = changes;
        _told = [.. InOrder(changes.Changes)];
        foreach (var place in EventKinds.MainPlaces(_told, told => told.Change.Asset.Guid, told => told.Kind))
        {
            _places.Add(_told[place].Change.Asset, place);
        }
    }

    public ImmutableArray<PlannedEvent> Events() => [.. _told.Select(told => Event(told.Change, told.Kind))];

    /// <summary>What is created and changed, then tags and custom metadata, then what is archived.</summary>
    private static IEnumerable<(AssetChange Change, EventKind Kind)> InOrder(ImmutableArray<AssetChange> changes) =>
    [
        .. changes.Where(change => change.TellsEntity && change.Kind != EventKind.EntityDelete).Select(change => (change, change.Kind)),
        .. changes.SelectMany(change => FacetKinds(change).Select(kind => (change, kind))),
        .. changes.Where(change => change.Kind == EventKind.EntityDelete).Select(change => (change, change.Kind)),
    ];

    private static IEnumerable<EventKind> FacetKinds(AssetChange change)
    {
        foreach (var kind in new[] { EventKind.ClassificationDelete, EventKind.ClassificationUpdate, EventKind.ClassificationAdd })
        {
            if (change.Tags.Any(tag => tag.Kind == kind))
            {
                yield return kind;
            }
        }

        if (!change.CustomMetadata.IsEmpty)
        {
            yield return EventKind.BusinessAttributeUpdate;
        }
    }

    private PlannedEvent Event(AssetChange change, EventKind kind)
    {
        var body = (kind.TellsEntity() ? EntityBody(change) : new EventBody
        {
            Tags = [.. change.Tags.Where(tag => tag.Kind == kind)],
            CustomMetadata = kind == EventKind.BusinessAttributeUpdate ? change.CustomMetadata : [],
        }) with
        {
            Cause = change.IsRelated ? CauseOf(change) : null,
        };
        var (encoded, patches) = EventBodyCodec.Encode(body, change.StampedAttributes);
        return new PlannedEvent(_subjects.PlaceOf(change.Asset), kind, change.Asset.StatusAfter, encoded, patches, Lists(change, kind));
    }

    private EventBody EntityBody(AssetChange change) => new()
    {
        Attributes = change.Attributes,
        Labels = change.Labels,
        CustomAttributes = change.CustomAttributes,
        Status = change.Asset.StatusChanges ? new(change.Asset.Stored!.Status, change.Asset.StatusAfter) : null,
        Added = Deltas(change, edge => edge.Before is null ? edge.After : null),
        Removed = Deltas(change, edge => edge.After is null ? edge.Before : null),
        Changed =
        [
            .. change.Edges.Where(edge => edge.Before is not null && edge.After is not null)
                .Select(edge => new EdgeAttributesChange(edge.End.Relationship.Id, edge.End.Side, _subjects.PlaceOf(edge.Other), edge.Before!, edge.After!)),
        ],
    };

    private ImmutableArray<EdgeDelta> Deltas(AssetChange change, Func<EdgeChange, AssetState?> attributes) =>
    [
        .. change.Edges.Where(edge => attributes(edge) is not null)
            .Select(edge => new EdgeDelta(edge.End.Relationship.Id, edge.End.Side, _subjects.PlaceOf(edge.Other), attributes(edge)!)),
    ];

    /// <summary>
    /// Lists that only the commit can know: of SET ends that change, and of ends without which the asset cannot be (a term's
    /// glossary), which every event of it shows.
    /// </summary>
    private static ImmutableArray<EndListRequest> Lists(AssetChange change, EventKind kind)
    {
        if (kind is EventKind.EntityCreate or EventKind.EntityDelete)
        {
            return [];
        }

        // An archived asset has no live partners to list, but is still shown with its owner.
        var isActive = kind == EventKind.EntityUpdate && change.Asset.StatusAfter == AssetStatus.Active;
        var changed = change.Edges.Select(edge => edge.End).Where(end => end.IsMany && isActive);
        return
        [
            .. changed.Concat(change.Asset.Type.MandatoryEnds).Distinct()
                .Select(end => new EndListRequest(end.Relationship.Id, end.Side, end.Relationship.IsSymmetric, WholeListLimit)),
        ];
    }

    /// <summary>The asset of the same save that a related one follows from: a listed one before others, the earliest first.</summary>
    private EventCause? CauseOf(AssetChange change)
    {
        var own = _places[change.Asset];
        if (_changes.Batch.Followed.GetValueOrDefault(change.Asset.Guid) is { } leader
            && _changes.Batch.Pool.Find(leader.Asset) is { } followed && _places.TryGetValue(followed, out var leaderPlace))
        {
            return new EventCause(leaderPlace, leader.RelationshipId);
        }

        var joined = change.Edges
            .Where(edge => _places.ContainsKey(edge.Other))
            .Select(edge => (Place: _places[edge.Other], edge.End.Relationship.Id))
            .Where(cause => cause.Place != own)
            .OrderBy(cause => _told[cause.Place].Change.IsRelated)
            .ThenBy(cause => cause.Place)
            .ToList();
        if (joined.Count > 0)
        {
            return new EventCause(joined[0].Place, joined[0].Id);
        }

        if (_changes.Batch.Restored.Concat(_changes.Batch.Archived).FirstOrDefault(step => step.Asset == change.Asset) is { Owner: { } owner } step
            && _places.TryGetValue(owner, out var ownerPlace))
        {
            return new EventCause(ownerPlace, step.RelationshipId);
        }

        return _changes.Batch.LineageCauses.GetValueOrDefault(change.Asset.Guid, [])
            .Select(cause => (Process: _changes.Batch.Pool.Find(cause.Asset), cause.RelationshipId))
            .Where(cause => cause.Process is not null && _places.ContainsKey(cause.Process))
            .Select(cause => new EventCause(_places[cause.Process!], cause.RelationshipId))
            .FirstOrDefault();
    }
}
