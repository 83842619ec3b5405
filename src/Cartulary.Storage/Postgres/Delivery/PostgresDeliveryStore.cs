using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Delivery;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Delivery;

/// <summary>
/// Keeps subscriptions and sinks beside the catalog, in the same database. They are no commits, and do not wait for the head. Checkpoints are not forced to
/// disk: when the database dies, the newest of them may be taken back, whole.
/// </summary>
internal sealed partial class PostgresDeliveryStore(NpgsqlDataSource source, TimeProvider clock) : IDeliveryStore
{
    private const string Columns =
        """
        SELECT id, shard, revision, generation, start, log, document,
            state_generation, state_log, position, failing_since, failed_probes, next_attempt, last_success, disabled, told
        """;

    private const string Summaries =
        Columns
        + """
        ,
            (SELECT count(*) FROM parked WHERE parked.subscription = subscription.id),
            (SELECT count(*) FROM dead_letter WHERE dead_letter.subscription = subscription.id)
        FROM subscription
        """;

    private const string All = Summaries + " ORDER BY id";

    private const string ById = Summaries + " WHERE id = $1";

    private const string OfShard = Columns + " FROM subscription WHERE shard = $1 ORDER BY id";

    private const string Places =
        Columns
        + """
        ,
            (SELECT min(sequence) FROM parked WHERE parked.subscription = subscription.id AND sequence >= $1),
            (SELECT min(sequence) FROM dead_letter WHERE dead_letter.subscription = subscription.id AND sequence >= $1)
        FROM subscription ORDER BY id
        """;

    private const string ParkedOfShard =
        """
        SELECT subscription, sequence, asset, attempts, due, redriven FROM parked
        WHERE subscription IN (SELECT id FROM subscription WHERE shard = $1) ORDER BY subscription, sequence
        """;

    private const string Rise = "UPDATE subscription_change SET count = count + 1";

    // Any change will do.
    private const string Touch = "UPDATE subscription_change SET count = count";

    private const string Count = "SELECT count FROM subscription_change";

    private const string Insert =
        """
        INSERT INTO subscription (id, shard, revision, generation, start, log, document, state_generation, state_log, position, failed_probes)
        SELECT $1, $2, $3, $4, $5, $6, $7, $4, $6, $5, 0 WHERE (SELECT count(*) FROM subscription) < $8
        """;

    private const string Replace =
        """
        UPDATE subscription SET revision = $2, generation = $3, start = $4, log = $5, document = $6
        WHERE id = $1 AND revision = $2 - 1
        """;

    private const string Unpark =
        """
        DELETE FROM parked WHERE subscription = $1 AND sequence > $2
        AND EXISTS (SELECT 1 FROM subscription WHERE id = $1 AND revision = $4 AND generation = $3 AND state_generation <> $3)
        """;

    private const string Delete = "DELETE FROM subscription WHERE id = $1";

    private const string LogOf = "CASE WHEN state_generation = generation THEN state_log ELSE subscription.log END";

    // The counter's row is taken first, as by all who change subscriptions.
    private const string RiseForLog = $"UPDATE subscription_change SET count = count + 1 WHERE EXISTS (SELECT 1 FROM subscription WHERE {LogOf} <> $1)";

    private const string MoveToLog =
        $"""
        WITH moved AS (
            UPDATE subscription SET revision = revision + 1, generation = generation + 1, log = $1,
                start = least(CASE WHEN state_generation = generation THEN position ELSE start END, $2)
            WHERE {LogOf} <> $1
            RETURNING id, start
        ), parked_lost AS (
            DELETE FROM parked USING moved WHERE parked.subscription = moved.id AND parked.sequence > moved.start
        )
        DELETE FROM dead_letter USING moved WHERE dead_letter.subscription = moved.id AND dead_letter.sequence > moved.start
        """;

    private const string IsOfOtherLog =
        $"""
        SELECT EXISTS (SELECT 1 FROM subscription, head WHERE {LogOf} <> head.log_id) OR EXISTS (SELECT 1 FROM sink, head WHERE sink.log <> head.log_id)
        """;

    private const string LockHead = "SELECT log_id, sequence FROM head FOR UPDATE";

    private readonly WriteWatch _writes = new(clock);

    /// <summary>
    /// Sets subscriptions and sinks of other logs back to where a log begins, for the transaction that finds it in their place: what they had beyond that is
    /// not there any more. Checkpoints that are under way are of an earlier generation then, and are left out.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="lastShared">The last sequence that it shares with the others.</param>
    public static List<NpgsqlBatchCommand> SetBack(Guid log, long lastShared) =>
    [
        Sql.Command(RiseForLog, Sql.Of(log)),
        Sql.Command(MoveToLog, Sql.Of(log), Sql.Of(lastShared)),
        Sql.Command(MoveSinksToLog, Sql.Of(log), Sql.Of(lastShared)),
    ];

    /// <summary>Sets back what is of another log, which somebody gave a new id after a restore while no server ran.</summary>
    public static async Task SetBackAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        if (!(await source.ReadAsync(IsOfOtherLog, static row => row.GetBoolean(0), [], cancellationToken)).Single())
        {
            return;
        }

        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (log, sequence) = await HeadAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        SetBack(log, sequence).ForEach(batch.BatchCommands.Add);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }

    public ValueTask<Exception?> WhyNotWritableAsync(CancellationToken cancellationToken) => _writes.WhyNotAsync(
        async () =>
        {
            await ExecuteAsync([Sql.Command(Touch)], cancellationToken);
            return true;
        });

    public async ValueTask<long> ChangesAsync(CancellationToken cancellationToken) =>
        (await source.ReadAsync(Count, static row => row.GetInt64(0), [], cancellationToken))[0];

    public async ValueTask<ImmutableArray<SubscriptionSummary>> ListAsync(CancellationToken cancellationToken) =>
        [.. await source.ReadAsync(All, ReadSummary, [], cancellationToken)];

    public async ValueTask<SubscriptionSummary?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await source.ReadAsync(ById, ReadSummary, [Sql.Of(id)], cancellationToken)).SingleOrDefault();

    // The counter's row is taken first, so that of additions at the same time each counts those before it.
    public async ValueTask<bool> AddAsync(SubscriptionRow row, int most, CancellationToken cancellationToken)
    {
        var insert = Sql.Command(
            Insert,
            Sql.Of(row.Id),
            Sql.Of(row.Shard),
            Sql.Of(row.Revision),
            Sql.Of(row.Generation),
            Sql.Of(row.Start),
            Sql.Of(row.Log),
            Sql.Of(row.Document.ToArray()),
            Sql.Of(most));
        await ChangeAsync([Sql.Command(Rise), insert], cancellationToken);
        return insert.RecordsAffected == 1;
    }

    public async ValueTask<bool> ReplaceAsync(SubscriptionRow row, CancellationToken cancellationToken)
    {
        var replace = Sql.Command(
            Replace, Sql.Of(row.Id), Sql.Of(row.Revision), Sql.Of(row.Generation), Sql.Of(row.Start), Sql.Of(row.Log), Sql.Of(row.Document.ToArray()));
        var unpark = Sql.Command(Unpark, Sql.Of(row.Id), Sql.Of(row.Start), Sql.Of(row.Generation), Sql.Of(row.Revision));
        await ChangeAsync([Sql.Command(Rise), replace, unpark], cancellationToken);
        return replace.RecordsAffected == 1;
    }

    public async ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        var delete = Sql.Command(Delete, Sql.Of(id));
        await ChangeAsync([Sql.Command(Rise), delete], cancellationToken);
        return delete.RecordsAffected == 1;
    }

    public async ValueTask<ImmutableArray<LoadedSubscription>> LoadAsync(int shard, CancellationToken cancellationToken)
    {
        var rows = await source.ReadAsync(OfShard, static row => (Row: ReadRow(row), State: ReadState(row)), [Sql.Of(shard)], cancellationToken);
        var parked = await source.ReadAsync(ParkedOfShard, static row => (Id: row.GetString(0), Event: ReadParked(row)), [Sql.Of(shard)], cancellationToken);
        var byId = parked.ToLookup(pair => pair.Id, pair => pair.Event, StringComparer.Ordinal);
        return [.. rows.Select(row => new LoadedSubscription(row.Row, row.State, [.. byId[row.Row.Id]]))];
    }

    private static async Task<(Guid Log, long Sequence)> HeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LockHead, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetGuid(0), reader.GetInt64(1));
    }

    /// <summary>Runs statements as one transaction, in one round trip.</summary>
    private async Task ChangeAsync(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancellationToken) =>
        await _writes.RunAsync(
            async () =>
            {
                await ExecuteAsync(commands, cancellationToken);
                return true;
            });

    private async Task ExecuteAsync(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken cancellationToken)
    {
        try
        {
            await using var batch = source.CreateBatch();
            foreach (var command in commands)
            {
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException failure) when (Failures.IsTransient(failure))
        {
            throw Failures.Told(failure);
        }
    }

    // Checkpoints are not forced, but the database's log is in order: a commit of the catalog that is durable makes those before it so.
    public async ValueTask<ImmutableArray<SubscriptionPlace>> PlacesAsync(long oldest, CancellationToken cancellationToken) =>
    [
        .. await source.ReadAsync(
            Places,
            static row => new SubscriptionPlace(ReadRow(row), ReadState(row), Optional(row, 16), Optional(row, 17)),
            [Sql.Of(oldest)],
            cancellationToken),
    ];

    private static SubscriptionSummary ReadSummary(NpgsqlDataReader row) => new(ReadRow(row), ReadState(row), row.GetInt64(16), row.GetInt64(17));

    private static SubscriptionRow ReadRow(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetGuid(5), row.GetFieldValue<byte[]>(6));

    private static DeliveryState ReadState(NpgsqlDataReader row) => new(row.GetInt64(7), row.GetGuid(8), row.GetInt64(9), new EndpointCondition
    {
        FailingSince = Optional(row, 10),
        FailedProbes = row.GetInt32(11),
        NextAttempt = Optional(row, 12),
        LastSuccess = Optional(row, 13),
        Disabled = row.IsDBNull(14) ? null : row.GetString(14),
        Told = (NoticeKind?)OptionalInt(row, 15),
    });

    private static ParkedEvent ReadParked(NpgsqlDataReader row) =>
        new(row.GetInt64(1), row.GetGuid(2), row.GetInt32(3), Optional(row, 4), row.GetBoolean(5));

    private static long? Optional(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
