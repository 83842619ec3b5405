using Cartulary.Storage.Postgres;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Postgres.Schema;
using Npgsql;

namespace Cartulary.Storage.Migration;

/// <summary>
/// The place in a database to which a catalog is carried. Its row of <c>cartulary_migration</c> says how far that has come; each
/// step changes it together with what it writes, and only if it is as the step before has left it.
/// </summary>
internal sealed class PostgresTarget : IAsyncDisposable
{
    // Counting a large table in the file takes a while too, and the transaction does nothing meanwhile.
    private const string Unhurried = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0";

    private const string IsEmpty =
        """
        SELECT (SELECT n = 0 FROM head) AND NOT EXISTS (SELECT FROM type) AND NOT EXISTS (SELECT FROM commit_log) AND NOT EXISTS (SELECT FROM api_key)
        """;

    private const string HoldsCommit = "SELECT EXISTS (SELECT FROM commit_log WHERE n = $1 AND save_id = $2)";

    private const string Begin =
        $"""
        CREATE TABLE {PostgresIncomplete.Table} (
            one    boolean NOT NULL PRIMARY KEY CHECK (one),
            source text    NOT NULL,
            place  integer NOT NULL,
            rows   bigint  NOT NULL
        )
        """;

    private const string BeginAt = $"INSERT INTO {PostgresIncomplete.Table} (one, source, place, rows) VALUES (true, $1, 0, 0)";

    private const string Progress = $"SELECT source, place, rows FROM {PostgresIncomplete.Table}";

    private const string Move = $"UPDATE {PostgresIncomplete.Table} SET place = $1, rows = $2 WHERE place = $3 AND rows = $4";

    private const string SetHead =
        """
        UPDATE head SET log_id = $1, n = $2, sequence = $3, oldest = $4, registry_version = $5, time = $6,
            save_id = $7, asset = $8, revision = $9, edge = $10, trimmed = $11
        WHERE n = 0
        """;

    private const string SetSweep = "UPDATE sweep SET commit_n = $1, idx = $2";

    private static readonly string Analyze = $"ANALYZE {string.Join(", ", CopyTables.InOrder.Select(table => table.Name))}";

    private readonly ConnectionSources _sources;

    private PostgresTarget(ConnectionSources sources) => _sources = sources;

    /// <summary>Names the database to people, without secrets.</summary>
    public string Place => _sources.Place;

    /// <summary>The place that options name; no connection is made yet.</summary>
    /// <exception cref="ConnectionStringException">The connection string cannot be read.</exception>
    public static PostgresTarget Of(PostgresStoreOptions options) => new(ConnectionSources.Of(options));

    /// <summary>Makes the place ready, or finds out how far an earlier copy of the same catalog has come there.</summary>
    /// <returns>How far; null when the catalog is there already, whole.</returns>
    /// <exception cref="IOException">It holds something else.</exception>
    public async Task<CopyPlace?> PrepareAsync(SqliteSource source, CancellationToken cancellationToken)
    {
        await SchemaMigrator.MigrateAsync(_sources.Writer, Place, source.Log, cancellationToken);
        await using var step = await StepAsync(cancellationToken);
        await step.RunAsync(SchemaMigrator.TakeTurn, cancellationToken);
        if (await PostgresIncomplete.IsAsync(step.Connection, cancellationToken))
        {
            return await GoOnAsync(step, source, cancellationToken);
        }

        if (await step.AskAsync(IsEmpty, cancellationToken) is not true)
        {
            return await HoldsAsync(step, source, cancellationToken)
                ? null
                : throw new IOException($"{Place} holds another catalog already: name an empty schema or database");
        }

        await step.RunAsync(Begin, cancellationToken);
        await step.RunAsync(BeginAt, cancellationToken, Sql.Of(source.Fingerprint));
        await step.CommitAsync();
        return default(CopyPlace);
    }

    /// <summary>Carries the next rows of a table over, up to so many, together with the note that they are there.</summary>
    /// <returns>How far the copy has come.</returns>
    public async Task<CopyPlace> CopyAsync(CopyTable table, SourceRow rows, CopyPlace reached, int rowsMax, CancellationToken cancellationToken)
    {
        await using var step = await StepAsync(cancellationToken);
        await RequireAsync(step, reached, reached, cancellationToken);
        var copied = await step.CopyAsync(table, rows, rowsMax, cancellationToken);
        var to = copied < rowsMax ? new CopyPlace(reached.Table + 1, 0) : reached with { Rows = reached.Rows + copied };
        await RequireAsync(step, reached, to, cancellationToken);
        await step.CommitAsync();
        return to;
    }

    /// <summary>Counts the rows of all tables, gives the log its head, and notes that only the check is left.</summary>
    /// <exception cref="IOException">The rows are not those of the source.</exception>
    public async Task<CopyPlace> SetHeadAsync(SqliteSource source, CopyPlace reached, CancellationToken cancellationToken)
    {
        var to = new CopyPlace(reached.Table + 1, 0);
        await using var step = await StepAsync(cancellationToken);
        await RequireAsync(step, reached, to, cancellationToken);
        foreach (var table in CopyTables.InOrder)
        {
            await RequireCountAsync(step, table, source, cancellationToken);
        }

        var last = source.Counters;
        var set = await step.RunAsync(
            SetHead, cancellationToken,
            Sql.Of(source.Log), Sql.Of(last.Commit), Sql.Of(last.Sequence), Sql.Of(last.Oldest), Sql.Of(last.RegistryVersion), Sql.Of(last.Time),
            Sql.OfOptional(source.SaveId), Sql.Of(last.Asset), Sql.Of(last.Revision), Sql.Of(last.Edge), Sql.Of(last.Trimmed));
        if (set != 1)
        {
            throw new IOException($"Somebody else has written to {Place} meanwhile: empty it, and begin again");
        }

        await step.RunAsync(SetSweep, cancellationToken, Sql.Of(source.SweptCommit), Sql.Of(source.SweptIndex));
        await step.RunAsync(Analyze, cancellationToken);
        await step.CommitAsync();
        return to;
    }

    /// <summary>Carries the API keys over and opens the catalog to servers.</summary>
    public async Task CompleteAsync(SqliteSource source, CopyPlace reached, CancellationToken cancellationToken)
    {
        await using var step = await StepAsync(cancellationToken);
        await RequireAsync(step, reached, reached, cancellationToken);
        await step.RunAsync("DELETE FROM api_key", cancellationToken);
        await step.CopyAsync(CopyTables.Keys, source.Rows(CopyTables.Keys, 0), int.MaxValue, cancellationToken);
        await RequireCountAsync(step, CopyTables.Keys, source, cancellationToken);
        await step.RunAsync($"DROP TABLE {PostgresIncomplete.Table}", cancellationToken);
        await step.CommitAsync();
    }

    public ValueTask DisposeAsync() => _sources.DisposeAsync();

    private async Task<CopyPlace> GoOnAsync(CopyStep step, SqliteSource source, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Progress, step.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return row.GetString(0) == source.Fingerprint
            ? new CopyPlace(row.GetInt32(1), row.GetInt64(2))
            : throw new IOException(
                $"{Place} holds a part of another catalog, or of this one as it was before it changed: empty it, and begin again. "
                + $"There: {row.GetString(0)}; here: {source.Fingerprint}");
    }

    private static async Task<bool> HoldsAsync(CopyStep step, SqliteSource source, CancellationToken cancellationToken) =>
        await step.AskAsync("SELECT log_id FROM head", cancellationToken) is Guid log
        && log == source.Log
        && await step.AskAsync(HoldsCommit, cancellationToken, Sql.Of(source.Counters.Commit), Sql.OfOptional(source.SaveId)) is true;

    /// <summary>Moves the note of how far the copy has come, which stays locked until the step ends.</summary>
    private async Task RequireAsync(CopyStep step, CopyPlace reached, CopyPlace to, CancellationToken cancellationToken)
    {
        var moved = await step.RunAsync(
            Move, cancellationToken, Sql.Of(to.Table), Sql.Of(to.Rows), Sql.Of(reached.Table), Sql.Of(reached.Rows));
        if (moved != 1)
        {
            throw new IOException($"Another copy is going on in {Place}");
        }
    }

    private async Task RequireCountAsync(CopyStep step, CopyTable table, SqliteSource source, CancellationToken cancellationToken)
    {
        var (there, here) = ((long)(await step.AskAsync(table.Count, cancellationToken))!, source.Count(table));
        if (there != here)
        {
            throw new IOException($"{Place} has {there} rows in the table {table.Name} instead of {here}: empty it, and begin again");
        }
    }

    private async Task<CopyStep> StepAsync(CancellationToken cancellationToken)
    {
        var step = await CopyStep.BeginAsync(_sources.Readers, cancellationToken);
        await step.RunAsync(Unhurried, cancellationToken);
        return step;
    }
}
