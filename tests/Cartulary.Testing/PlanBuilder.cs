using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;

namespace Cartulary.Testing;

/// <summary>
/// Puts a commit's plan together by hand, for tests of stores: what the plan says is up to the test, not to the rules of
/// saving. Attribute 1 is the qualified name; attribute 2, where asked for, is a date that the commit gives.
/// </summary>
public sealed class PlanBuilder(CatalogHead basedOn)
{
    public const int QualifiedName = 1;
    public const int StampedDate = 2;
    public const int Table = 10;

    private static readonly byte[] EmptyBody = [0, 0, 0, 0, 0];

    private readonly List<ulong> _reads = [];
    private readonly List<ulong> _writes = [];
    private readonly List<PlanSubject> _subjects = [];
    private readonly List<AssetInsert> _inserts = [];
    private readonly List<AssetUpdate> _updates = [];
    private readonly List<long> _closed = [];
    private readonly List<EdgeInsert> _opened = [];
    private readonly List<PlannedEvent> _events = [];
    private CommitContext _context = Saver("tester");
    private PlannedRequest? _request;

    /// <summary>A context with an id of its own.</summary>
    public static CommitContext Saver(string actor) =>
        new(Guid.CreateVersion7(), actor, "test", DeleteHandler: null, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>The key that an asset has by its qualified name.</summary>
    public static AssetKey KeyOf(string name) => new(QualifiedName, name);

    /// <summary>A state that holds a name, and a date for the commit to write if asked for.</summary>
    public static AssetState State(string name, bool withDate = false)
    {
        var attributes = ImmutableArray.Create(new AttributeValue(QualifiedName, CanonicalValue.FromText(name)));
        return AssetState.Create(
            withDate ? attributes.Add(new AttributeValue(StampedDate, CanonicalValue.FromDate(0))) : attributes,
            [],
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));
    }

    public PlanBuilder By(CommitContext context)
    {
        _context = context;
        return this;
    }

    /// <summary>The plan answers a request that came with a key.</summary>
    public PlanBuilder Answers(PlannedRequest request)
    {
        _request = request;
        return this;
    }

    /// <summary>The plan relies on something.</summary>
    public PlanBuilder Reads(params ReadOnlySpan<ulong> marks)
    {
        _reads.AddRange(marks);
        return this;
    }

    public PlanBuilder Writes(params ReadOnlySpan<ulong> marks)
    {
        _writes.AddRange(marks);
        return this;
    }

    /// <summary>The place of an asset that the plan speaks of already; -1 when it does not.</summary>
    public int SubjectOf(Guid guid) => _subjects.FindIndex(subject => subject.Guid == guid);

    /// <summary>Speaks of a stored asset without changing it.</summary>
    public PlanBuilder Mention(StoredAsset asset, out int subject)
    {
        subject = _subjects.Count;
        _subjects.Add(new PlanSubject(asset.Id, asset.Guid, asset.TypeId, NameOf(asset)));
        return this;
    }

    /// <summary>Creates an asset that is found by its name, and tells it.</summary>
    public PlanBuilder Create(string name, out int subject, Guid? guid = null, int typeId = Table, bool withDate = false, ImmutableArray<EndListRequest> lists = default)
    {
        subject = _subjects.Count;
        var own = guid ?? Guid.CreateVersion7();
        var state = State(name, withDate).Encoded.ToArray();
        _subjects.Add(new PlanSubject(default, own, typeId, name));
        _inserts.Add(new AssetInsert(subject, state, DateIn(state, withDate), [KeyOf(name)]));
        _writes.AddRange([ConflictMarks.State(own), ConflictMarks.Key(KeyOf(name))]);
        return Tell(subject, EventKind.EntityCreate, lists: lists);
    }

    public PlanBuilder Create(string name) => Create(name, out _);

    /// <summary>Raises an asset's version and leaves the rest alone, and tells it.</summary>
    public PlanBuilder Bump(StoredAsset asset, ImmutableArray<EndListRequest> lists = default)
    {
        Mention(asset, out var subject);
        _updates.Add(new AssetUpdate(subject, null, [], null, [], []));
        return Tell(subject, EventKind.EntityUpdate, asset.Status, lists: lists);
    }

    /// <summary>Raises an asset's version without an event.</summary>
    public PlanBuilder BumpSilently(StoredAsset asset)
    {
        Mention(asset, out var subject);
        _updates.Add(new AssetUpdate(subject, null, [], null, [], []));
        return this;
    }

    /// <summary>Gives an asset another name, and tells it.</summary>
    public PlanBuilder Rename(StoredAsset asset, string name, bool withDate = false, ImmutableArray<EndListRequest> lists = default)
    {
        var subject = _subjects.Count;
        var state = State(name, withDate).Encoded.ToArray();
        _subjects.Add(new PlanSubject(asset.Id, asset.Guid, asset.TypeId, name));
        _updates.Add(new AssetUpdate(subject, state, DateIn(state, withDate), null, [KeyOf(name)], [KeyOf(NameOf(asset))]));
        _writes.AddRange([ConflictMarks.State(asset.Guid), ConflictMarks.Key(KeyOf(name)), ConflictMarks.Key(KeyOf(NameOf(asset)))]);
        return Tell(subject, EventKind.EntityUpdate, asset.Status, lists: lists);
    }

    /// <summary>Archives or restores an asset, and tells it.</summary>
    public PlanBuilder SetStatus(StoredAsset asset, AssetStatus status, ImmutableArray<EndListRequest> lists = default)
    {
        Mention(asset, out var subject);
        _updates.Add(new AssetUpdate(subject, null, [], status, [], []));
        _writes.Add(ConflictMarks.Life(asset.Guid));
        return Tell(subject, status == AssetStatus.Deleted ? EventKind.EntityDelete : EventKind.EntityUpdate, status, lists: lists);
    }

    /// <summary>Purges an asset, and tells it.</summary>
    public PlanBuilder Purge(StoredAsset asset)
    {
        Mention(asset, out var subject);
        _updates.Add(new AssetUpdate(subject, null, [], AssetStatus.Purged, [], [KeyOf(NameOf(asset))]));
        _writes.AddRange([ConflictMarks.Life(asset.Guid), ConflictMarks.Key(KeyOf(NameOf(asset)))]);
        return Tell(subject, EventKind.EntityDelete, AssetStatus.Purged);
    }

    public PlanBuilder Open(int relationshipId, int end1, int end2, byte[]? attributes = null, long? link = null)
    {
        _opened.Add(new EdgeInsert(relationshipId, end1, end2, attributes, link));
        _writes.Add(ConflictMarks.Edge(relationshipId, _subjects[end1].Guid, _subjects[end2].Guid));
        return this;
    }

    public PlanBuilder Close(long row)
    {
        _closed.Add(row);
        return this;
    }

    /// <summary>Tells of a subject; the body says that the stamped date changed, if asked for, or nothing.</summary>
    public PlanBuilder Tell(int subject, EventKind kind, AssetStatus status = AssetStatus.Active, bool withDate = false, ImmutableArray<EndListRequest> lists = default)
    {
        byte[] body = withDate
            ? [0, 1, StampedDate, 0, 1, .. CanonicalValue.FromDate(0).Encoded.Span, 0, 0, 0]
            : [.. EmptyBody];
        _events.Add(new PlannedEvent(subject, kind, status, body, withDate ? [6] : [], lists.IsDefault ? [] : lists));
        return this;
    }

    public CommitPlan Build() => new()
    {
        BasedOn = basedOn.Commit,
        RegistryVersion = basedOn.RegistryVersion,
        Reads = [.. _reads],
        Writes = [.. _writes],
        QualifiedNameId = QualifiedName,
        Context = _context,
        Subjects = [.. _subjects],
        Inserts = [.. _inserts],
        Updates = [.. _updates],
        ClosedEdges = [.. _closed],
        OpenedEdges = [.. _opened],
        Events = [.. _events],
        Summary = new SaveSummary([], []),
        Request = _request,
    };

    private static string NameOf(StoredAsset asset) => asset.State.Find(QualifiedName)?.AsText() ?? "";

    /// <summary>The date is the last attribute, and after it come the counts of labels and of custom attributes, both zero.</summary>
    private static ImmutableArray<int> DateIn(byte[] state, bool withDate) => withDate ? [state.Length - 10] : [];
}
