using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Trimming;
using Npgsql;

namespace Cartulary.Storage.Postgres.Writing;

/// <summary>Trimming the log in the writer's transaction: first the events become invisible, then what they leave is removed.</summary>
internal sealed partial class PostgresWriteTurn
{
    /// <summary>Makes the events up to and with a commit invisible.</summary>
    /// <returns>False when that has been done, or when the log has lost the commit.</returns>
    public async ValueTask<bool> TryTrimAsync(long commit)
    {
        if (commit <= _current.Trimmed || commit > _current.Commit)
        {
            return false;
        }

        await using var find = new NpgsqlCommand(LogTrimmer.FirstAfter, _connection) { Parameters = { Sql.Of(commit) } };
        _current.Oldest = (long)(await find.ExecuteScalarAsync(CancellationToken.None))!;
        _current.Trimmed = commit;
        return true;
    }

    /// <summary>Removes some of what trimmed events leave behind.</summary>
    /// <returns>False when the sweep no longer begins where the earlier ones have ended.</returns>
    public async ValueTask<bool> ApplyAsync(Sweep sweep)
    {
        var advance = LogTrimmer.Advance(sweep);
        await using (var moving = new NpgsqlBatch(_connection) { BatchCommands = { advance } })
        {
            await moving.ExecuteNonQueryAsync(CancellationToken.None);
        }

        if (advance.RecordsAffected == 0)
        {
            return false;
        }

        await using var batch = new NpgsqlBatch(_connection);
        LogTrimmer.AddTo(batch, sweep, _current.Trimmed);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        return true;
    }
}
