using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>Writes one plan's rows into the open transaction. Of the plan itself it changes nothing but the marked times.</summary>
internal sealed class PlanWriter
{
    private const string InsertAsset =
        """
        INSERT INTO asset (id, guid, type, status, version, rev, created, updated) VALUES (?1, ?2, ?3, 1, 1, ?4, ?5, ?5)
        """;

    private const string InsertRevision =
        "INSERT INTO revision (id, asset, prev, commit_n, state) VALUES (?1, ?2, NULL, ?3, ?4)";

    private const string InsertNextRevision =
        """
        INSERT INTO revision (id, asset, prev, commit_n, state)
        VALUES (?1, ?2, (SELECT rev FROM asset WHERE id = ?2), ?3, ?4)
        """;

    private const string UpdateAsset =
        """
        UPDATE asset
        SET version = version + 1, updated = ?2, rev = coalesce(?3, rev), status = coalesce(?4, status)
        WHERE id = ?1
        RETURNING version, rev, status
        """;

    private const string InsertKey = "INSERT INTO key (value, kind, type, asset) VALUES (?1, ?2, ?3, ?4)";

    private const string DeleteKey = "DELETE FROM key WHERE value = ?1 AND kind = ?2 AND type = ?3 AND asset = ?4";

    private const string CloseEdge = "UPDATE edge SET closed = ?2 WHERE id = ?1 AND closed IS NULL";

    private const string InsertEdge =
        "INSERT INTO edge (id, link, type, end1, end2, opened, attributes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    private const string InsertTouch =
        "INSERT INTO touch (asset, version, commit_n, idx, rev, status) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    private readonly Database _database;
    private readonly CommitRows _commits;
    private readonly PartnerLists _partners;
    private readonly Statement _insertAsset;
    private readonly Statement _insertRevision;
    private readonly Statement _insertNextRevision;
    private readonly Statement _updateAsset;
    private readonly Statement _insertKey;
    private readonly Statement _deleteKey;
    private readonly Statement _closeEdge;
    private readonly Statement _insertEdge;
    private readonly Statement _insertTouch;

    // By the plan's subjects and events; kept from plan to plan, so that a save costs no new lists.
    private readonly List<EventNumbers> _numbers = [];
    private readonly List<ImmutableArray<EndList>> _lists = [];
    private long[] _assets = [];
    private long[] _revisions = [];
    private int[] _firstEvents = [];

    public PlanWriter(Database database, CommitRows commits)
    {
        _database = database;
        _commits = commits;
        _partners = new PartnerLists(database);
        _insertAsset = database.Prepared(InsertAsset);
        _insertRevision = database.Prepared(InsertRevision);
        _insertNextRevision = database.Prepared(InsertNextRevision);
        _updateAsset = database.Prepared(UpdateAsset);
        _insertKey = database.Prepared(InsertKey);
        _deleteKey = database.Prepared(DeleteKey);
        _closeEdge = database.Prepared(CloseEdge);
        _insertEdge = database.Prepared(InsertEdge);
        _insertTouch = database.Prepared(InsertTouch);
    }

    /// <summary>Writes a plan as the commit that the counters have begun, and moves them.</summary>
    public CommitReceipt Write(CommitPlan plan, ref Counters counters)
    {
        var versions = new long[plan.Subjects.Length];
        Prepare(plan);
        WriteInserts(plan, versions, ref counters);
        WriteUpdates(plan, versions, ref counters);
        WriteKeys(plan);
        WriteEdges(plan, ref counters);
        NumberEvents(plan, versions);
        var log = CommitLog.Encode(plan, counters.Time, _numbers, _lists);
        _commits.Insert(counters, plan.Events.Length, plan.Context, log);
        var first = counters.Sequence + 1;
        counters.Sequence += plan.Events.Length;
        return new CommitReceipt(
            new CommitNumber(counters.Commit), first, counters.Time, ImmutableCollectionsMarshal.AsImmutableArray(versions));
    }

    /// <summary>The transaction was undone, so numbers given in it will mean something else.</summary>
    public void Forget() => _partners.Forget();

    private void Prepare(CommitPlan plan)
    {
        var subjects = plan.Subjects.Length;
        if (_assets.Length < subjects)
        {
            _assets = new long[subjects * 2];
            _revisions = new long[subjects * 2];
            _firstEvents = new int[subjects * 2];
        }

        for (var i = 0; i < subjects; i++)
        {
            _assets[i] = plan.Subjects[i].Asset.Value;
            _firstEvents[i] = -1;
        }

        for (var i = plan.Events.Length - 1; i >= 0; i--)
        {
            _firstEvents[plan.Events[i].Subject] = i;
        }
    }

    private void WriteInserts(CommitPlan plan, long[] versions, ref Counters counters)
    {
        foreach (var insert in plan.Inserts)
        {
            var subject = plan.Subjects[insert.Subject];
            var asset = ++counters.Asset;
            var revision = ++counters.Revision;
            CommitLog.Stamp(insert.State, insert.TimePatches, counters.Time);
            _insertRevision.Bind(1, revision).Bind(2, asset).Bind(3, counters.Commit).Bind(4, insert.State).Execute();
            _insertAsset.Bind(1, asset).Bind(2, subject.Guid).Bind(3, subject.TypeId).Bind(4, revision).Bind(5, counters.Commit).Execute();
            _assets[insert.Subject] = asset;
            _revisions[insert.Subject] = revision;
            versions[insert.Subject] = 1;
        }
    }

    private void WriteUpdates(CommitPlan plan, long[] versions, ref Counters counters)
    {
        foreach (var update in plan.Updates)
        {
            var asset = _assets[update.Subject];
            long? revision = null;
            if (update.State is { } state)
            {
                revision = ++counters.Revision;
                CommitLog.Stamp(state, update.TimePatches, counters.Time);
                _insertNextRevision.Bind(1, revision.Value).Bind(2, asset).Bind(3, counters.Commit).Bind(4, state).Execute();
            }

            _updateAsset.Bind(1, asset).Bind(2, counters.Commit).Bind(3, revision).Bind(4, (long?)update.Status);
            if (!_updateAsset.Step())
            {
                throw new InvalidOperationException($"Asset {asset}, which a plan updates, is not stored.");
            }

            if (update.Status == AssetStatus.Deleted)
            {
                _partners.Shorten();
            }

            versions[update.Subject] = _updateAsset.Long(0);
            _revisions[update.Subject] = _updateAsset.Long(1);
            var status = _updateAsset.Long(2);
            _updateAsset.Reset();
            var told = _firstEvents[update.Subject];
            _insertTouch
                .Bind(1, asset)
                .Bind(2, versions[update.Subject])
                .Bind(3, counters.Commit)
                .Bind(4, told < 0 ? null : told)
                .Bind(5, _revisions[update.Subject])
                .Bind(6, status)
                .Execute();
        }
    }

    /// <summary>All keys are lost before any is gained, so that two assets of a plan can change names with each other.</summary>
    private void WriteKeys(CommitPlan plan)
    {
        foreach (var update in plan.Updates)
        {
            WriteKeys(_deleteKey, update.RemovedKeys, plan, update.Subject);
        }

        foreach (var insert in plan.Inserts)
        {
            WriteKeys(_insertKey, insert.Keys, plan, insert.Subject);
        }

        foreach (var update in plan.Updates)
        {
            WriteKeys(_insertKey, update.AddedKeys, plan, update.Subject);
        }
    }

    private void WriteKeys(Statement statement, ImmutableArray<AssetKey> keys, CommitPlan plan, int subject)
    {
        foreach (var key in keys)
        {
            statement.Bind(1, key.Value).Bind(2, key.Kind).Bind(3, plan.Subjects[subject].TypeId).Bind(4, _assets[subject]).Execute();
        }
    }

    private void WriteEdges(CommitPlan plan, ref Counters counters)
    {
        if (!plan.ClosedEdges.IsEmpty)
        {
            _partners.Shorten();
        }

        foreach (var row in plan.ClosedEdges)
        {
            _closeEdge.Bind(1, row).Bind(2, counters.Commit).Execute();
            if (_database.Changes != 1)
            {
                throw new InvalidOperationException($"Edge {row}, which a plan ends, is not recorded.");
            }
        }

        foreach (var edge in plan.OpenedEdges)
        {
            var row = ++counters.Edge;
            _insertEdge
                .Bind(1, row)
                .Bind(2, edge.Link ?? row)
                .Bind(3, edge.RelationshipId)
                .Bind(4, _assets[edge.End1])
                .Bind(5, _assets[edge.End2])
                .Bind(6, counters.Commit);
            _ = edge.Attributes is { } attributes ? _insertEdge.Bind(7, attributes) : _insertEdge.BindNull(7);
            _insertEdge.Execute();
        }
    }

    private void NumberEvents(CommitPlan plan, long[] versions)
    {
        _numbers.Clear();
        _lists.Clear();
        foreach (var told in plan.Events)
        {
            if (versions[told.Subject] == 0)
            {
                throw new InvalidOperationException("A plan tells of an asset that it does not change.");
            }

            _numbers.Add(new EventNumbers(new AssetId(_assets[told.Subject]), versions[told.Subject], _revisions[told.Subject]));
            _lists.Add(told.Lists.IsEmpty ? [] : _partners.Read(_assets[told.Subject], told.Lists, plan.QualifiedNameId));
        }
    }
}
