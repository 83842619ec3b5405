using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Errors;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Derive;
using Cartulary.Core.Save.Diff;
using Cartulary.Core.Save.Replay;
using Cartulary.Core.Save.Resolve;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Record;

/// <summary>Last stage: turns differences into rows and events, complete but for the numbers that the commit gives.</summary>
internal sealed class Recorder
{
    private readonly PlanningScope _scope;
    private readonly ChangeSet _changes;
    private readonly SubjectTable _subjects;
    private readonly Dictionary<BatchAsset, DerivedAsset> _derived;
    private readonly HashSet<ulong> _writes = [];
    private readonly HashSet<ulong> _touches = [];

    private Recorder(PlanningScope scope, ChangeSet changes)
    {
        _scope = scope;
        _changes = changes;
        _derived = changes.Batch.Assets.ToDictionary(asset => asset.Asset);
        _subjects = new SubjectTable(QualifiedNameOf);
    }

    public static PlanOutcome Record(PlanningScope scope, ChangeSet changes)
    {
        if (changes.Changes.Length > scope.Limits.ChangedAssetsPerSave)
        {
            scope.Report(ErrorCodes.SaveTooLarge, "", $"the save would change {changes.Changes.Length} assets; at most {scope.Limits.ChangedAssetsPerSave} can change at once{(changes.Batch.Archived.IsEmpty ? "" : "; a connection is deleted in steps by POST /api/jobs")}");
            return scope.Rejection;
        }

        var recorder = new Recorder(scope, changes);
        var edges = changes.Batch.Edges.All.Where(entry => entry.IsOpened || entry.IsClosed || entry.AttributesChange).ToList();
        return changes.Changes.IsEmpty && edges.Count == 0
            ? new PlanOutcome.Unchanged(recorder.Summary())
            : new PlanOutcome.Planned(recorder.Plan(edges));
    }

    private CommitPlan Plan(List<EdgeEntry> edges)
    {
        foreach (var change in _changes.Changes)
        {
            _subjects.PlaceOf(change.Asset);
        }

        var inserts = _changes.Changes.Where(change => change.Asset.IsNew).Select(Insert).ToImmutableArray();
        var updates = _changes.Changes.Where(change => !change.Asset.IsNew).Select(Update).ToImmutableArray();
        var opened = edges.Where(entry => !entry.IsClosed).Select(Open).ToImmutableArray();
        foreach (var entry in edges)
        {
            MarkEdge(entry);
        }

        if (_scope.Terms.Key is { } sent)
        {
            _writes.Add(ConflictMarks.Request(_scope.Context.Actor, sent.Key));
        }

        var events = new EventPlanner(_subjects, _changes).Events();
        var summary = Summary();
        return new CommitPlan
        {
            BasedOn = _scope.Head.Commit,
            RegistryVersion = _scope.Registry.Version,
            Reads = _scope.Reads,
            Shows = [.. _changes.Changes.Where(change => !change.StateChanges).Select(change => ConflictMarks.State(change.Asset.Guid))],
            Writes = [.. _writes.Concat(_touches)],
            Touches = [.. _touches],
            QualifiedNameId = QualifiedNameId(_scope.Registry),
            Context = _scope.Context,
            Subjects = _subjects.All,
            Inserts = inserts,
            Updates = updates,
            ClosedEdges = [.. edges.Where(entry => !entry.IsOpened).Select(entry => entry.Stored!.Row)],
            OpenedEdges = opened,
            Events = events,
            Summary = summary,
            Request = _scope.Terms.Key is { } key ? new PlannedRequest(key, StoredAnswerCodec.Encode(summary)) : null,
        };
    }

    private SaveSummary Summary() => new(_changes.Batch.GuidAssignments, [.. _changes.Changes.Select(Mutation)])
    {
        Listed = _scope.Terms.WithReceipts ? Listed() : [],
    };

    private ImmutableArray<ListedAsset> Listed() =>
    [
        .. _changes.Batch.Pool.All.Where(asset => asset.Order is not null).OrderBy(asset => asset.Order).Select(asset => new ListedAsset(
            asset.Guid,
            asset.Type.Id,
            asset.Stored?.Text(asset.Type.Attribute("qualifiedName")) ?? "",
            asset.Stored?.Version ?? 0,
            asset.SaidInVain.Ignored,
            asset.SaidInVain.Unknown)),
    ];

    private AssetInsert Insert(AssetChange change)
    {
        var keys = KeysOf(change.Asset, change.StateAfter, after: true);
        _touches.UnionWith(keys.Select(ConflictMarks.Key));
        _writes.Add(ConflictMarks.Version(change.Asset.Guid));
        return new AssetInsert(_subjects.PlaceOf(change.Asset), Buffer(change.StateAfter), Patches(change), keys);
    }

    private AssetUpdate Update(AssetChange change)
    {
        var asset = change.Asset;
        var before = KeysOf(asset, change.StateBefore, after: false);
        var after = KeysOf(asset, change.StateAfter, after: true);
        ImmutableArray<AssetKey> added = [.. after.Except(before)];
        ImmutableArray<AssetKey> removed = [.. before.Except(after)];
        _touches.Add(ConflictMarks.Touch(asset.Guid));
        _writes.Add(ConflictMarks.Version(asset.Guid));
        if (change.StateChanges)
        {
            _writes.Add(ConflictMarks.State(asset.Guid));
        }

        if (!added.IsEmpty || !removed.IsEmpty)
        {
            _writes.Add(ConflictMarks.Name(asset.Guid));
            _touches.UnionWith(added.Concat(removed).Select(ConflictMarks.Key));
        }

        if (asset.StatusChanges)
        {
            _writes.Add(ConflictMarks.Life(asset.Guid));
            _touches.UnionWith(before.Concat(after).Select(ConflictMarks.Key));
        }

        return new AssetUpdate(
            _subjects.PlaceOf(asset),
            change.StateChanges ? Buffer(change.StateAfter) : null,
            change.StateChanges ? Patches(change) : [],
            asset.StatusChanges ? asset.StatusAfter : null,
            added,
            removed);
    }

    private EdgeInsert Open(EdgeEntry entry) => new(
        entry.Relationship.Id,
        _subjects.PlaceOf(_changes.Batch.Pool.Find(entry.End1)!),
        _subjects.PlaceOf(_changes.Batch.Pool.Find(entry.End2)!),
        entry.Attributes.Equals(AssetState.Empty) ? null : entry.Attributes.Encoded.ToArray(),
        entry.Stored?.Link);

    private void MarkEdge(EdgeEntry entry)
    {
        var relationship = entry.Relationship;
        _writes.Add(ConflictMarks.Edge(relationship.Id, entry.End1, entry.End2));
        _writes.Add(ConflictMarks.End(entry.End1, relationship.Id, EndSide.One));
        _writes.Add(ConflictMarks.End(entry.End2, relationship.Id, relationship.IsSymmetric ? EndSide.One : EndSide.Two));
        _writes.Add(ConflictMarks.AnyEnd(entry.End1));
        _writes.Add(ConflictMarks.AnyEnd(entry.End2));

        // A suspended edge comes and goes without a new version of its ends, and yet a save may speak of it.
        Touch(entry.End1);
        Touch(entry.End2);
    }

    private void Touch(Guid asset)
    {
        if (_changes.Batch.Pool.Find(asset) is not { IsNew: true })
        {
            _touches.Add(ConflictMarks.Touch(asset));
        }
    }

    private ImmutableArray<AssetKey> KeysOf(BatchAsset asset, AssetState state, bool after)
    {
        if (after && asset.StatusAfter == AssetStatus.Purged)
        {
            return [];
        }

        var keys = ImmutableArray.CreateBuilder<AssetKey>(1);
        foreach (var attribute in asset.Type.UniqueAttributes)
        {
            if (state.Find(attribute.Id)?.AsText() is { } text)
            {
                keys.Add(new AssetKey(attribute.Id, text));
            }
        }

        if (_derived.TryGetValue(asset, out var derived))
        {
            keys.AddRange(after ? derived.SiblingKeys.After : derived.SiblingKeys.Before);
        }

        if (ConnectionMembers.KeyOf(asset.Type, state) is { } connection)
        {
            keys.Add(connection);
        }

        return keys.ToImmutable();
    }

    private AssetMutation Mutation(AssetChange change)
    {
        var kind = change.Kind switch
        {
            EventKind.EntityCreate => MutationKind.Create,
            EventKind.EntityDelete => MutationKind.Delete,
            _ => MutationKind.Update,
        };
        return new AssetMutation(
            _subjects.PlaceOf(change.Asset), kind, change.IsRelated, change.Asset.Guid, change.Asset.Type.Id, change.Asset.StatusAfter, change.Asset.Stored?.Created, change.StateAfter);
    }

    /// <summary>The buffer of a state that this plan made; the commit writes its time into it, and the caller reads it there.</summary>
    private static byte[] Buffer(AssetState state) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(state.Encoded, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : state.Encoded.ToArray();

    private static ImmutableArray<int> Patches(AssetChange change) => change.StampedAttributes.Count == 0
        ? []
        : [.. change.StampedAttributes.Select(change.StateAfter.OffsetOfDate)];

    private string QualifiedNameOf(BatchAsset asset)
    {
        var state = _derived.GetValueOrDefault(asset)?.State ?? asset.Stored?.State;
        return asset.Type.Attribute("qualifiedName") is { } attribute ? state?.Find(attribute.Id)?.AsText() ?? "" : "";
    }

    private static int QualifiedNameId(TypeRegistry registry) =>
        registry.FindEntity("Referenceable")?.Attribute("qualifiedName")?.Id ?? 0;
}
