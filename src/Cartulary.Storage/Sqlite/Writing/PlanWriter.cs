using System.Collections.Immutable;
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

    // By the plan's events; kept from plan to plan, so that a save costs no new lists.
    private readonly List<EventNumbers> _numbers = [];
    private readonly List<ImmutableArray<EndList>> _lists = [];
    private readonly SubjectNumbers _subjects = new();

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
        _subjects.Begin(plan);
        WriteInserts(plan, ref counters);
        WriteUpdates(plan, ref counters);
        WriteKeys(plan);
        WriteEdges(plan, ref counters);
        NumberEvents(plan);
        var log = CommitLog.Encode(plan, counters.Time, _numbers, _lists);
        _commits.Insert(counters, plan.Events.Length, plan.Context, log);
        var first = counters.Sequence + 1;
        counters.Sequence += plan.Events.Length;
        return _subjects.Receipt(counters, first);
    }

    /// <summary>The transaction was undone, so numbers given in it will mean something else.</summary>
    public void Forget() => _partners.Forget();

    private void WriteInserts(CommitPlan plan, ref Counters counters)
    {
        foreach (var insert in plan.Inserts)
        {
            var subject = plan.Subjects[insert.Subject];
            var asset = ++counters.Asset;
            var revision = ++counters.Revision;
            CommitLog.Stamp(insert.State, insert.TimePatches, counters.Time);
            _insertRevision.Bind(1, revision).Bind(2, asset).Bind(3, counters.Commit).Bind(4, insert.State).Execute();
            _insertAsset.Bind(1, asset).Bind(2, subject.Guid).Bind(3, subject.TypeId).Bind(4, revision).Bind(5, counters.Commit).Execute();
            _subjects.Created(insert.Subject, asset, revision);
        }
    }

    private void WriteUpdates(CommitPlan plan, ref Counters counters)
    {
        foreach (var update in plan.Updates)
        {
            var asset = _subjects.AssetOf(update.Subject);
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

            if (update.Status is AssetStatus.Deleted or AssetStatus.Purged)
            {
                _partners.Shorten();
            }

            var (version, current, status) = (_updateAsset.Long(0), _updateAsset.Long(1), _updateAsset.Long(2));
            _updateAsset.Reset();
            _subjects.Changed(update.Subject, version, current);
            _insertTouch
                .Bind(1, asset)
                .Bind(2, version)
                .Bind(3, counters.Commit)
                .Bind(4, _subjects.FirstEventOf(update.Subject))
                .Bind(5, current)
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
            statement.Bind(1, key.Value).Bind(2, key.Kind).Bind(3, plan.Subjects[subject].TypeId).Bind(4, _subjects.AssetOf(subject)).Execute();
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
                .Bind(4, _subjects.AssetOf(edge.End1))
                .Bind(5, _subjects.AssetOf(edge.End2))
                .Bind(6, counters.Commit);
            _ = edge.Attributes is { } attributes ? _insertEdge.Bind(7, attributes) : _insertEdge.BindNull(7);
            _insertEdge.Execute();
        }
    }

    private void NumberEvents(CommitPlan plan)
    {
        _numbers.Clear();
        _lists.Clear();
        foreach (var told in plan.Events)
        {
            _numbers.Add(_subjects.Of(told));
            _lists.Add(told.Lists.IsEmpty ? [] : _partners.Read(_subjects.AssetOf(told.Subject), told.Lists, plan.QualifiedNameId));
        }
    }
}
