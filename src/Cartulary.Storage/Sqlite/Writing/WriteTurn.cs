using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Reading;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>
/// What work may do in its turn: all of it inside the writer's open transaction, on top of the group's members before it.
/// </summary>
internal sealed class WriteTurn
{
    private readonly TimeProvider _clock;
    private readonly Guid _logId;
    private readonly PlanWriter _plans;
    private readonly CommitRows _commits;
    private readonly LogTrimmer _trimmer;
    private readonly RequestRows _requests;
    private readonly RecentWrites _recent;
    private Counters _durable;
    private Counters _current;

    public WriteTurn(Database database, Guid logId, SqliteStoreOptions options, TimeProvider clock)
    {
        Database = database;
        _logId = logId;
        _clock = clock;
        _commits = new CommitRows(database);
        _trimmer = new LogTrimmer(database);
        _plans = new PlanWriter(database, _commits);
        _requests = new RequestRows(database);
        _durable = _current = ReadCounters(database, logId);
        _recent = new RecentWrites(options.RememberedWrites, _durable.Commit);
    }

    /// <summary>The writer's connection.</summary>
    public Database Database { get; }

    /// <summary>The head as the transaction's next member finds it.</summary>
    public CatalogHead Head => _current.ToHead(_logId);

    /// <summary>Whether a plan is still right on top of all that is written.</summary>
    public bool Holds(CommitPlan plan) =>
        plan.RegistryVersion == _current.RegistryVersion && _recent.NoneSince(plan.Reads, plan.BasedOn.Value);

    /// <summary>Plans a save on top of all that is written. It has begun, so it is not cancelled any more.</summary>
    public async ValueTask<PlanOutcome> PlanAgainAsync(Planner planner)
    {
        await using var session = new SqliteReadSession(Database, Head, release: null);
        return await planner(session, CancellationToken.None);
    }

    /// <summary>Writes a plan that holds, as the next commit.</summary>
    public CommitReceipt Write(CommitPlan plan)
    {
        _current.BeginCommit(_clock);
        var receipt = _plans.Write(plan, ref _current);
        if (plan.Request is { } request)
        {
            _requests.Write(request, plan.Context.Actor, receipt);
        }

        _recent.AddToGroup(plan.Writes, _current.Commit);
        return receipt;
    }

    /// <summary>Writes types, as the next commit.</summary>
    public void Write(IReadOnlyList<StoredType> types, CommitContext context)
    {
        _current.BeginCommit(_clock);
        _current.RegistryVersion++;
        TypeRows.Write(Database, types);
        _commits.Insert(_current, count: 0, context, log: []);
    }

    /// <summary>Makes the events up to and with a commit invisible; see <see cref="LogTrimmer"/>.</summary>
    /// <returns>False when that has been done.</returns>
    public bool TryTrim(long commit)
    {
        if (commit <= _current.Trimmed)
        {
            return false;
        }

        _current.Oldest = _trimmer.Trim(commit, _current.Edge);
        _current.Trimmed = commit;
        return true;
    }

    /// <summary>Removes some of what trimmed events leave behind.</summary>
    /// <returns>False when the sweep no longer begins where the earlier ones have ended.</returns>
    public bool Apply(Sweep sweep) => _trimmer.Apply(sweep);

    /// <summary>The transaction is durable.</summary>
    /// <returns>The new head, or null when it has not moved.</returns>
    public CatalogHead? Keep()
    {
        var hasMoved = _current.Commit > _durable.Commit || _current.Trimmed > _durable.Trimmed;
        _durable = _current;
        _recent.KeepGroup();
        return hasMoved ? Head : null;
    }

    /// <summary>The transaction was undone: its numbers are given again.</summary>
    public void Forget()
    {
        _current = _durable;
        _recent.ForgetGroup();
        _plans.Forget();
    }

    private static Counters ReadCounters(Database database, Guid logId)
    {
        var head = HeadReader.Read(database, logId);
        return new Counters
        {
            Commit = head.Commit.Value,
            Sequence = head.Sequence,
            Time = head.Time,
            RegistryVersion = head.RegistryVersion,
            Oldest = head.Oldest,
            Trimmed = head.Trimmed.Value,
            Asset = database.Number("SELECT max(id) FROM asset") ?? 0,
            Revision = database.Number("SELECT max(id) FROM revision") ?? 0,
            Edge = database.Number("SELECT max(last_edge, (SELECT coalesce(max(id), 0) FROM edge)) FROM retention") ?? 0,
        };
    }
}
