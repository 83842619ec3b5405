using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Reading;
using Cartulary.Storage.Trimming;

namespace Cartulary.Storage.Sqlite.Writing;

/// <summary>
/// What work may do in its turn: all of it inside the writer's open transaction, on top of the group's members before it.
/// </summary>
internal sealed class WriteTurn : IWriteTurn
{
    private readonly Checkpointer _checkpointer;
    private readonly TimeProvider _clock;
    private readonly Guid _logId;
    private readonly PlanWriter _plans;
    private readonly CommitRows _commits;
    private readonly LogTrimmer _trimmer;
    private readonly RequestRows _requests;
    private readonly RecentWrites _recent;
    private Counters _durable;
    private Counters _current;

    /// <summary>The database and the checkpointer become its own.</summary>
    public WriteTurn(Database database, Checkpointer checkpointer, Guid logId, SqliteStoreOptions options, TimeProvider clock)
    {
        Database = database;
        _checkpointer = checkpointer;
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

    /// <summary>Tells of durable commits.</summary>
    public CommitWatch Watch { get; } = new();

    public CatalogHead Head => _current.ToHead(_logId);

    public ValueTask BeginAsync(IReadOnlyList<PendingWork> members)
    {
        Database.Run("BEGIN IMMEDIATE");
        return ValueTask.CompletedTask;
    }

    public bool Holds(CommitPlan plan) =>
        plan.RegistryVersion == _current.RegistryVersion && _recent.NoneSince(plan.Reads, plan.BasedOn.Value);

    public bool ShowsOldStates(CommitPlan plan) => !plan.Shows.IsEmpty && !_recent.NoneSince(plan.Shows, plan.BasedOn.Value);

    public async ValueTask<PlanOutcome> PlanAgainAsync(Planner planner)
    {
        await using var session = new SqliteReadSession(Database, Head, release: null);
        return await planner(session, CancellationToken.None);
    }

    public ValueTask<CommitReceipt> WriteAsync(CommitPlan plan)
    {
        _current.BeginCommit(_clock);
        var receipt = _plans.Write(plan, ref _current);
        if (plan.Request is { } request)
        {
            _requests.Write(request, plan.Context.Actor, receipt);
        }

        _recent.AddToGroup(plan.Writes, _current.Commit);
        Watch.Add(_current.Commit, plan.Touches);
        return new(receipt);
    }

    public void Write(IReadOnlyList<StoredType> types, CommitContext context)
    {
        TypeRows.Write(Database, types);
        Redefine(context);
    }

    public void Write(CatalogSettings settings, CommitContext context)
    {
        SettingsRow.Write(Database, settings);
        Redefine(context);
    }

    public void Write(DeletionJob job, CommitContext context)
    {
        JobRows.Write(Database, job);
        Redefine(context);
    }

    private void Redefine(CommitContext context)
    {
        _current.BeginCommit(_clock);
        _current.RegistryVersion++;
        _commits.Insert(_current, count: 0, context, log: []);
        Watch.Add(_current.Commit, touches: null);
    }

    /// <summary>Makes the events up to and with a commit invisible; see <see cref="LogTrimmer"/>.</summary>
    /// <returns>False when that has been done.</returns>
    public bool TryTrim(long commit)
    {
        if (commit <= _current.Trimmed)
        {
            return false;
        }

        _current.Oldest = _trimmer.Trim(commit, _current);
        _current.Trimmed = commit;
        return true;
    }

    /// <summary>Removes some of what trimmed events leave behind.</summary>
    /// <returns>False when the sweep no longer begins where the earlier ones have ended.</returns>
    public bool Apply(Sweep sweep) => _trimmer.Apply(sweep);

    public ValueTask<CommittedGroup> CommitAsync()
    {
        Database.Run("COMMIT");
        var hasMoved = _current.Commit > _durable.Commit || _current.Trimmed > _durable.Trimmed;
        var events = _current.Sequence - _durable.Sequence;
        _durable = _current;
        _recent.KeepGroup();
        Watch.Tell();
        _checkpointer.Grown(Database.TakePagesWritten());
        return new(new CommittedGroup(hasMoved ? Head : null, events));
    }

    public ValueTask<Exception> UndoAsync(Exception failure)
    {
        _current = _durable;
        _recent.ForgetGroup();
        Watch.Forget();
        _plans.Forget();
        try
        {
            Database.Rollback();
            return new(failure);
        }
        catch (SqliteFailureException another)
        {
            return new(new AggregateException(failure, another));
        }
    }

    /// <summary>Nobody else writes to the file, so what failed would fail again.</summary>
    public bool IsTransient(Exception failure) => false;

    public async ValueTask DisposeAsync()
    {
        await _checkpointer.DisposeAsync();
        Database.Dispose();
    }

    /// <summary>The last numbers given in a file.</summary>
    public static Counters ReadCounters(Database database, Guid logId)
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
            Asset = database.Number("SELECT max(last_asset, (SELECT coalesce(max(id), 0) FROM asset)) FROM retention") ?? 0,
            Revision = database.Number("SELECT max(last_revision, (SELECT coalesce(max(id), 0) FROM revision)) FROM retention") ?? 0,
            Edge = database.Number("SELECT max(last_edge, (SELECT coalesce(max(id), 0) FROM edge)) FROM retention") ?? 0,
        };
    }
}
