using Cartulary.Core.Assets;
using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Postgres.Reading;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// What the writer must know of stored rows before it can give numbers: gathered from plans, then read under the lock, by
/// up to three statements of one round trip for all plans of a group.
/// </summary>
internal sealed class GroupReads
{
    private const string Assets = "SELECT id, guid, type, version, rev, status FROM asset WHERE id = ANY ($1)";

    private const string RecordedEdges = "SELECT id FROM edge WHERE id = ANY ($1) AND closed IS NULL";

    // Partners in use, and those whose status changes in the group. The limit leaves room for all that the group may take
    // away, so that a list which comes back full is too long whatever happens.
    private const string Partners =
        """
        SELECT x.place, p.edge, p.link, p.id, p.guid, p.type, p.rev, p.status
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS x (asset, type, sides, most, place)
        CROSS JOIN LATERAL (
            (SELECT e.id AS edge, e.link, a.id, a.guid, a.type, a.rev, a.status
             FROM edge e JOIN asset a ON a.id = e.end2
             WHERE x.sides & 1 = 1 AND e.end1 = x.asset AND e.type = x.type AND e.closed IS NULL
               AND (a.status = 1 OR a.id = ANY ($5))
             LIMIT x.most)
            UNION ALL
            (SELECT e.id AS edge, e.link, a.id, a.guid, a.type, a.rev, a.status
             FROM edge e JOIN asset a ON a.id = e.end1
             WHERE x.sides & 2 = 2 AND e.end2 = x.asset AND e.type = x.type AND e.closed IS NULL
               AND (x.sides = 2 OR e.end1 <> x.asset)
               AND (a.status = 1 OR a.id = ANY ($5))
             LIMIT x.most)
        ) AS p
        """;

    private readonly HashSet<long> _assets = [];
    private readonly HashSet<long> _edges = [];
    private readonly HashSet<ListKey> _lists = [];
    private readonly List<ListKey> _asked = [];

    // Of the whole group, also of what was read for it before.
    private readonly HashSet<long> _changedStatuses = [];
    private int _closed;

    /// <summary>Whether there is nothing to read.</summary>
    public bool IsEmpty => _assets.Count + _edges.Count + _lists.Count == 0;

    /// <summary>Forgets the group before.</summary>
    public void BeginGroup()
    {
        Clear();
        _changedStatuses.Clear();
        _closed = 0;
    }

    /// <summary>Gathers what a plan needs and is not known yet.</summary>
    /// <returns>
    /// Whether the plan ends edges or changes statuses that were not gathered before: lists that have been read already have no
    /// room for what it takes away, and lack the partners that it brings back.
    /// </returns>
    public bool Gather(CommitPlan plan, GroupState known)
    {
        var changes = _closed + _changedStatuses.Count;
        foreach (var subject in plan.Subjects)
        {
            if (subject.Asset.Value != 0 && known.Find(subject.Asset.Value) is null)
            {
                _assets.Add(subject.Asset.Value);
            }
        }

        foreach (var update in plan.Updates)
        {
            if (update.Status is not null)
            {
                _changedStatuses.Add(plan.Subjects[update.Subject].Asset.Value);
            }
        }

        foreach (var edge in plan.ClosedEdges)
        {
            if (!known.HasRead(edge) && _edges.Add(edge))
            {
                _closed++;
            }
        }

        foreach (var told in plan.Events)
        {
            var asset = plan.Subjects[told.Subject].Asset.Value;
            foreach (var request in told.Lists)
            {
                var list = new ListKey(asset, request);
                if (asset != 0 && known.NeedsList(list))
                {
                    _lists.Add(list);
                }
            }
        }

        return _closed + _changedStatuses.Count > changes;
    }

    /// <summary>Adds the statements to a batch, but for those that would look for nothing.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        if (_assets.Count > 0)
        {
            batch.BatchCommands.Add(Sql.Command(Assets, Sql.Of([.. _assets])));
        }

        if (_edges.Count > 0)
        {
            batch.BatchCommands.Add(Sql.Command(RecordedEdges, Sql.Of([.. _edges])));
        }

        if (_lists.Count > 0)
        {
            _asked.AddRange(_lists);
            var room = 1 + _closed + _changedStatuses.Count;
            batch.BatchCommands.Add(Sql.Command(
                Partners,
                Sql.Of(_asked.ConvertAll(list => list.Asset)),
                Sql.Of(_asked.ConvertAll(list => list.Request.RelationshipId)),
                Sql.Of(_asked.ConvertAll(list => PostgresReadSession.SidesOf(list.Request.Side, list.Request.IsSymmetric))),
                Sql.Of(_asked.ConvertAll(list => (long)list.Request.Limit + room)),
                Sql.Of([.. _changedStatuses])));
        }
    }

    /// <summary>Takes in the answers; the reader stands on the first one and is left behind the last.</summary>
    /// <param name="reader">The batch's answers.</param>
    /// <param name="state">Is told what was read.</param>
    /// <param name="asOf">The last commit whose rows the statements saw.</param>
    public void Take(NpgsqlDataReader reader, GroupState state, long asOf)
    {
        if (_assets.Count > 0)
        {
            TakeRows(reader, row => state.Add(
                row.GetInt64(0),
                new AssetTrack(row.GetGuid(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), (AssetStatus)row.GetInt16(5))));
        }

        if (_edges.Count > 0)
        {
            TakeRows(reader, row => state.AddRecordedEdge(row.GetInt64(0)));
        }

        foreach (var list in _asked)
        {
            state.BeginList(list, asOf);
        }

        if (_asked.Count > 0)
        {
            TakeRows(reader, row => state.AddPartner(_asked[(int)row.GetInt64(0) - 1], PartnerIn(row)));
        }

        Clear();
    }

    private static void TakeRows(NpgsqlDataReader reader, Action<NpgsqlDataReader> onRow)
    {
        while (reader.Read())
        {
            onRow(reader);
        }

        reader.NextResult();
    }

    private static PartnerRow PartnerIn(NpgsqlDataReader row) => new(
        row.GetInt64(1),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetGuid(4),
        row.GetInt32(5),
        row.GetInt64(6),
        (AssetStatus)row.GetInt16(7));

    private void Clear()
    {
        _assets.Clear();
        _edges.Clear();
        _lists.Clear();
        _asked.Clear();
    }
}
