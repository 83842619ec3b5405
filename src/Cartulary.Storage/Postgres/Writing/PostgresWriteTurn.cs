using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Postgres.Reading;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>
/// The writer's transaction. It takes the head's row first, so that servers write one after another, then reads what it
/// needs in statements that see all commits before its own, gives numbers in memory, and sends everything with the commit:
/// two round trips for a group, and two more for each member that has to be planned again. Its thread waits for the answers:
/// while the head is held, everybody waits, and to wake another thread for each answer would take longer than most answers.
/// </summary>
internal sealed partial class PostgresWriteTurn : IWriteTurn
{
    // What others commit while this one waits for the head must be seen after it, however the database was set up.
    private const string Begin = "BEGIN ISOLATION LEVEL READ COMMITTED";

    private const string LockHead = $"{HeadRow.Query} FOR UPDATE";

    // The commits since the last one that the writer has seen. A server that has been away for longer plans again what was
    // planned before, instead of reading so much while it holds the head. Before them that last one, and the newest one that
    // this process has seen at all: they must still be there. Two statements in one: with OR the database would walk the whole log.
    internal const string CommitsSince =
        $"""
        SELECT true AS asked, n, save_id, NULL::bytea AS writes, false AS shortens, NULL::bytea AS touches FROM commit_log WHERE n = ANY (ARRAY[$1, $2])
        UNION ALL
        SELECT false, n, save_id, writes, shortens, touches FROM commit_log WHERE n > {CommitTouches.After}
        ORDER BY n
        """;

    private const string SetHead =
        """
        UPDATE head SET log_id = $1, n = $2, sequence = $3, oldest = $4, registry_version = $5, time = $6,
            save_id = $7, asset = $8, revision = $9, edge = $10, trimmed = $11
        """;

    private readonly NpgsqlDataSource _source;
    private readonly HeadTracker _tracker;
    private readonly RecentWrites _recent;
    private readonly TimeProvider _clock;
    private readonly Func<Guid> _newLogId;
    private readonly ILogger _logger;
    private readonly GroupState _state = new();
    private readonly GroupReads _reads = new();
    private readonly RowBuffer _rows = new();
    private readonly CommitBuffer _commits = new();
    private readonly RequestColumns _requests = new();
    private readonly TagWorkColumns _tagWork = new();
    private readonly PartnerNames _names = new();
    private readonly PlanApplier _plans;
    private readonly List<NpgsqlBatchCommand> _others = [];
    private readonly List<CommitTouches> _own = [];
    private NpgsqlConnection? _connection;
    private Guid _logId;
    private Guid _saveId;
    private Counters _begun;
    private Counters _current;
    private long _sent;
    private bool _isHeadChanged;
    private volatile bool _isWarned;

    public PostgresWriteTurn(
        NpgsqlDataSource source, HeadTracker tracker, PostgresStoreOptions options, TimeProvider clock, Func<Guid> newLogId, ILogger logger)
    {
        _source = source;
        _tracker = tracker;
        _clock = clock;
        _newLogId = newLogId;
        _logger = logger;
        _recent = new RecentWrites(options.RememberedWrites, tracker.Seen.Number);
        _plans = new PlanApplier(_state, _rows, _commits, _names);
        _known = tracker.Seen;
    }

    public CatalogHead Head => _current.ToHead(_logId);

    public async ValueTask BeginAsync(IReadOnlyList<PendingWork> members)
    {
        _reads.BeginGroup();
        var plans = members.OfType<PendingSave>().Select(save => save.Plan).ToList();
        if (plans.Exists(PlanApplier.Shortens))
        {
            _state.Shorten();
        }

        foreach (var plan in plans)
        {
            _reads.Gather(plan, _state);
        }

        if (_connection is not { FullState: System.Data.ConnectionState.Open })
        {
            await DropConnectionAsync();
            _connection = await OpenConnectionAsync();
        }

        Enter();
    }

    public bool Holds(CommitPlan plan) =>
        plan.RegistryVersion == _current.RegistryVersion && _recent.NoneSince(plan.Reads, plan.BasedOn.Value);

    public bool ShowsOldStates(CommitPlan plan) => !plan.Shows.IsEmpty && !_recent.NoneSince(plan.Shows, plan.BasedOn.Value);

    public async ValueTask<T> LookAsync<T>(Func<IReadSession, CancellationToken, ValueTask<T>> question)
    {
        await SendAsync();
        await using var session = new PostgresReadSession(_connection!, Head, release: null);
        return await question(session, CancellationToken.None);
    }

    public async ValueTask<CommitReceipt> WriteAsync(CommitPlan plan)
    {
        if (LosesWhatIsOnItsWay(plan))
        {
            await SendAsync();
        }

        ReadFor(plan);
        _current.BeginCommit(_clock);
        var receipt = _plans.Apply(plan, ref _current);
        if (plan.Request is { } request)
        {
            _requests.Add(request, plan.Context.Actor, receipt);
        }

        _tagWork.Add(plan, _current.Commit);
        _saveId = plan.Context.SaveId;
        _recent.AddToGroup(plan.Writes, _current.Commit);
        _own.Add(new CommitTouches(_current.Commit, plan.Touches));
        return receipt;
    }

    public void Write(IReadOnlyList<StoredType> types, CommitContext context)
    {
        _others.Add(TypeRows.Upsert(types));
        Redefine(context);
    }

    public void Write(CatalogSettings settings, CommitContext context)
    {
        _others.Add(SettingRows.Upsert(settings));
        Redefine(context);
    }

    public void Write(DeletionJob job, CommitContext context)
    {
        _others.Add(JobRows.Upsert(job));
        Redefine(context);
    }

    public bool IsTransient(Exception failure) => Failures.IsTransient(failure);

    public ValueTask DisposeAsync() => DropConnectionAsync();

    /// <summary>Begins the transaction, takes the head, and reads what others have done and what the members need.</summary>
    private void Enter()
    {
        using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(Sql.Command(Begin));
        batch.BatchCommands.Add(Sql.Command(LockHead));
        var seen = _tracker.Seen;
        batch.BatchCommands.Add(Sql.Command(CommitsSince, Sql.Of(_known.Number), Sql.Of(seen.Number)));
        var reads = !_reads.IsEmpty;
        if (reads)
        {
            _reads.AddTo(batch);
        }

        using var reader = batch.ExecuteReader();
        reader.Read();
        var row = HeadRow.Read(reader);
        reader.NextResult();
        CatchUp(reader, row, seen);
        if (reads)
        {
            reader.NextResult();
            _reads.Take(reader, _state, _sent);
        }
    }

    private void Redefine(CommitContext context)
    {
        _current.BeginCommit(_clock);
        _current.RegistryVersion++;
        _saveId = context.SaveId;
        _own.Add(new CommitTouches(_current.Commit, Touches: null));
        _commits.Add(new BufferedCommit(_current, _current.Sequence + 1, Count: 0, context, Plan: null, Shortens: false, [], []));
    }

    /// <summary>Whether a plan takes away a key that an earlier member gains, whose row is not sent yet.</summary>
    private bool LosesWhatIsOnItsWay(CommitPlan plan)
    {
        foreach (var update in plan.Updates)
        {
            foreach (var key in update.RemovedKeys)
            {
                if (_rows.Gains(key, plan.Subjects[update.Subject].Asset.Value))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Reads what a plan needs and was not read with the group, such as what a plan made again needs.</summary>
    private void ReadFor(CommitPlan plan)
    {
        if (PlanApplier.Shortens(plan))
        {
            _state.Shorten();
        }

        if (_reads.Gather(plan, _state))
        {
            _state.ForgetLists();
            _reads.Gather(plan, _state);
        }

        if (_reads.IsEmpty)
        {
            return;
        }

        using var batch = new NpgsqlBatch(_connection);
        _reads.AddTo(batch);
        using var reader = batch.ExecuteReader();
        _reads.Take(reader, _state, _sent);
    }

    /// <summary>Sends all rows that are on their way.</summary>
    private async Task SendAsync()
    {
        using var batch = new NpgsqlBatch(_connection);
        await FillAsync(batch);
        if (batch.BatchCommands.Count > 0)
        {
            Run(batch);
        }

        _sent = _current.Commit;
    }

    private static void Run(NpgsqlBatch batch) => batch.ExecuteNonQuery();

    private async Task FillAsync(NpgsqlBatch batch)
    {
        if (_names.Missing(_commits.Commits) is { Count: > 0 } missing)
        {
            await _names.ReadAsync(_connection!, missing);
        }

        _others.ForEach(batch.BatchCommands.Add);
        _others.Clear();
        _rows.MoveTo(batch);
        _commits.MoveTo(batch, _names);
        _requests.MoveTo(batch);
        _tagWork.MoveTo(batch);
        _names.ClearOwn();
    }

    private NpgsqlBatchCommand HeadCommand() => Sql.Command(
        SetHead,
        Sql.Of(_logId),
        Sql.Of(_current.Commit),
        Sql.Of(_current.Sequence),
        Sql.Of(_current.Oldest),
        Sql.Of(_current.RegistryVersion),
        Sql.Of(_current.Time),
        Sql.OfOptional(_saveId == Guid.Empty ? null : _saveId),
        Sql.Of(_current.Asset),
        Sql.Of(_current.Revision),
        Sql.Of(_current.Edge),
        Sql.Of(_current.Trimmed));

    /// <summary>A connection that takes note of the database's warnings: one may qualify a commit.</summary>
    private async Task<NpgsqlConnection> OpenConnectionAsync()
    {
        var connection = await _source.OpenConnectionAsync(CancellationToken.None);
        connection.Notice += NoteWarning;
        return connection;
    }

    private void NoteWarning(object sender, NpgsqlNoticeEventArgs told) => _isWarned |= told.Notice.InvariantSeverity == "WARNING";

    private async ValueTask DropConnectionAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            connection.Notice -= NoteWarning;
            await connection.DisposeAsync();
        }
    }
}
