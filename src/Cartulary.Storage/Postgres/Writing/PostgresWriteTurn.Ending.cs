using System.Diagnostics;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Postgres.Delivery;
using Cartulary.Storage.Postgres.Reading;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>How the transaction begins and ends: what others did since the last one, and whether a commit was made.</summary>
internal sealed partial class PostgresWriteTurn
{
    private const string FindSave = "SELECT n FROM commit_log WHERE save_id = $1";
    private const int AskAgainMilliseconds = 200;
    private static readonly TimeSpan AskedFor = TimeSpan.FromSeconds(15);

    // Logs in whose place this server has seen another one.
    private readonly HashSet<Guid> _ended = [];

    private SeenCommit _known;

    public async ValueTask<CommittedGroup> CommitAsync()
    {
        var hasCommits = _current.Commit > _begun.Commit;
        var isTrimmed = _current.Trimmed > _begun.Trimmed;
        using (var batch = new NpgsqlBatch(_connection))
        {
            await FillAsync(batch);
            if (_isHeadChanged)
            {
                PostgresDeliveryStore.SetBack(_logId, _begun.Sequence).ForEach(batch.BatchCommands.Add);
            }

            if (hasCommits || isTrimmed || _isHeadChanged)
            {
                batch.BatchCommands.Add(HeadCommand());
            }

            batch.BatchCommands.Add(Sql.Command("COMMIT"));
            await CommitAsync(batch, hasCommits);
        }

        _recent.KeepGroup();
        if (_known.LogId != _logId)
        {
            _ended.Add(_known.LogId);
        }

        _known = new SeenCommit(_logId, _current.Commit, _saveId);
        _state.Clear();
        if (!_isHeadChanged)
        {
            _tracker.See(new HeadRow(_logId, _current, _saveId), _own);
        }
        else
        {
            // Readers may have seen more of the lost log while this turn went on.
            _recent.Restart(_tracker.Take(Head, _known));
        }

        _own.Clear();
        return new CommittedGroup(hasCommits || isTrimmed ? Head : null, _current.Sequence - _begun.Sequence);
    }

    public async ValueTask<Exception> UndoAsync(Exception failure)
    {
        _recent.ForgetGroup();
        _names.Forget();
        _state.Clear();
        _state.Shorten();
        _rows.Clear();
        _commits.Clear();
        _requests.Clear();
        _tagWork.Clear();
        _others.Clear();
        _own.Clear();
        try
        {
            if (_connection is { FullState: System.Data.ConnectionState.Open } connection)
            {
                await using var rollback = new NpgsqlCommand("ROLLBACK", connection);
                await rollback.ExecuteNonQueryAsync(CancellationToken.None);
            }
            else
            {
                await DropConnectionAsync();
            }
        }
        catch (Exception another) when (another is NpgsqlException or InvalidOperationException)
        {
            // The transaction ends with its connection.
            await DropConnectionAsync();
        }

        return failure;
    }

    /// <summary>
    /// Sends the commit. When the connection breaks meanwhile, or the database gave up to wait for its standby and says so
    /// only in a warning, it is asked whether the commit was made and is durable.
    /// </summary>
    private async Task CommitAsync(NpgsqlBatch batch, bool hasCommits)
    {
        _isWarned = false;
        try
        {
            Run(batch);
        }
        catch (Exception failure) when (hasCommits && Failures.LeavesOutcomeOpen(failure))
        {
            Log.OutcomeUnknown(_logger, _current.Commit, failure);
            await DropConnectionAsync();
            var wasMade = await WasMadeAsync(failure);
            Log.OutcomeKnown(_logger, _current.Commit, wasMade);
            if (!wasMade)
            {
                throw;
            }

            return;
        }

        if (hasCommits && _isWarned)
        {
            var failure = new IOException("The database no longer waited for its standby.");
            Log.OutcomeUnknown(_logger, _current.Commit, failure);
            if (!await WasMadeAsync(failure))
            {
                throw StoreUnavailableException.OutcomeUnknown(failure);
            }
        }
    }

    /// <summary>
    /// Looks the last save of the group up, until the database can be asked, but not for ever. Whatever the answer, nothing is
    /// known before it was given.
    /// </summary>
    private async Task<bool> WasMadeAsync(Exception failure)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await TryFindSaveAsync() is { } wasMade)
                {
                    return wasMade;
                }
            }
            catch (Exception away) when (Failures.IsTransient(away))
            {
                // Asked again below.
            }
            catch (NpgsqlException)
            {
                throw StoreUnavailableException.OutcomeUnknown(failure);
            }

            if (Stopwatch.GetElapsedTime(began) > AskedFor)
            {
                throw StoreUnavailableException.OutcomeUnknown(failure);
            }

            await Task.Delay(AskAgainMilliseconds, CancellationToken.None);
        }
    }

    /// <summary>
    /// Looks under the head's lock: as long as the broken connection's transaction may still end either way, it holds that lock,
    /// so not to find the save earlier would prove nothing. Locking writes to the database's own log, so the commit that
    /// ends this look comes after the save's, and is as durable only when that one is.
    /// </summary>
    /// <returns>Whether the save was made; null when the database does not say that it is durable.</returns>
    private async Task<bool?> TryFindSaveAsync()
    {
        await using var connection = await _source.OpenConnectionAsync(CancellationToken.None);
        connection.Notice += NoteWarning;
        try
        {
            _isWarned = false;
            await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
            await using (var head = new NpgsqlCommand(LockHead, connection))
            {
                await head.ExecuteNonQueryAsync(CancellationToken.None);
            }

            await using var find = new NpgsqlCommand(FindSave, connection) { Parameters = { Sql.Of(_saveId) } };
            var wasMade = await find.ExecuteScalarAsync(CancellationToken.None) is long;
            await transaction.CommitAsync(CancellationToken.None);
            return _isWarned ? null : wasMade;
        }
        finally
        {
            connection.Notice -= NoteWarning;
        }
    }

    /// <summary>Takes in the head and what other servers have committed; the reader stands on their commits.</summary>
    private void CatchUp(NpgsqlDataReader reader, HeadRow row, SeenCommit seen)
    {
        var inPlace = new Dictionary<long, Guid>();
        var others = new List<OtherCommit>();
        while (reader.Read())
        {
            if (reader.GetBoolean(0))
            {
                inPlace[reader.GetInt64(1)] = reader.GetGuid(2);
            }
            else
            {
                others.Add(OtherCommit.Read(reader));
            }
        }

        (_begun, _current, _sent) = (row.Counters, row.Counters, row.Counters.Commit);
        (_logId, _saveId, _isHeadChanged) = (row.LogId, row.SaveId, false);
        if (row.LogId != _known.LogId || IsLost(_known) || IsLost(seen))
        {
            BeginOtherLog(row);
            return;
        }

        bool IsLost(SeenCommit commit) => commit.IsLostIn(row.Last, inPlace.TryGetValue(commit.Number, out var save) ? save : null);

        TakeIn(others);
        _tracker.See(row, others.ConvertAll(other => other.Touched));
        _known = row.Last;
    }

    /// <summary>Notes what other servers have written; where that is not known any more, all that was planned before is planned again.</summary>
    private void TakeIn(List<OtherCommit> others)
    {
        var isKnown = others.Count == 0 || others[0].Touched.Commit == _known.Number + 1;
        if (!isKnown)
        {
            _recent.Restart(others[0].Touched.Commit - 1);
        }

        foreach (var other in others)
        {
            if (other.Writes is { } marks)
            {
                _recent.AddToGroup(marks, other.Touched.Commit);
                _recent.KeepGroup();
            }
            else
            {
                _recent.Restart(other.Touched.Commit);
            }
        }

        if (!isKnown || others.Exists(other => other.Shortens))
        {
            _state.Shorten();
            _state.ForgetLists();
        }
    }

    /// <summary>
    /// The log is another one, or has lost its end in a failover. Nothing that was planned before holds. A lost end gives the
    /// log a new id, so that a sequence never means two events; the first server that notices gives it. A log that had ended
    /// before is there once more only in a database that was set back behind that, and has lost its end too.
    /// </summary>
    private void BeginOtherLog(HeadRow row)
    {
        // Plans are based on what readers saw, which may be more than the writer did.
        var newest = Math.Max(_known.Number, _tracker.Seen.Number);
        if (row.LogId == _known.LogId || _ended.Contains(row.LogId))
        {
            _logId = _newLogId();
            Log.TailLost(_logger, newest, row.LogId, row.Counters.Commit, _logId);
            StoreMetrics.TailsLost.Add(1);
        }
        else
        {
            Log.OtherLog(_logger, row.LogId);
        }

        _isHeadChanged = true;
        _recent.Restart(Math.Max(row.Counters.Commit, newest) + 1);
        _names.Forget();
        _state.Shorten();
        _state.ForgetLists();
    }
}
