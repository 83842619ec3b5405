using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;
using NpgsqlTypes;

namespace Cartulary.Storage.Postgres.Delivery;

internal sealed partial class PostgresDeliveryStore
{
    private const string Unforced = "SET LOCAL synchronous_commit = off";

    // Who has lost the lease changes nothing, and whoever takes it meanwhile waits until this is done.
    private const string Hold = "SELECT 1 FROM lease WHERE name = $1 AND owner = $2 AND epoch = $3 AND expires_at > clock_timestamp() FOR SHARE";

    private const string Move =
        """
        UPDATE subscription SET state_generation = new.generation, state_log = new.log, position = new.position,
            failing_since = new.failing_since, failed_probes = new.failed_probes, next_attempt = new.next_attempt,
            last_success = new.last_success, disabled = new.disabled, told = new.told
        FROM unnest($1::text[], $2::bigint[], $3::uuid[], $4::bigint[], $5::bigint[], $6::integer[], $7::bigint[], $8::bigint[], $9::text[], $10::integer[])
            AS new (id, generation, log, position, failing_since, failed_probes, next_attempt, last_success, disabled, told)
        WHERE subscription.id = new.id AND subscription.generation = new.generation
        """;

    private const string Park =
        """
        INSERT INTO parked (subscription, sequence, asset, attempts, due, redriven)
        SELECT new.id, new.sequence, new.asset, new.attempts, new.due, new.redriven
        FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::uuid[], $5::integer[], $6::bigint[], $7::boolean[])
            AS new (id, generation, sequence, asset, attempts, due, redriven)
        JOIN subscription ON subscription.id = new.id AND subscription.generation = new.generation
        ON CONFLICT (subscription, sequence) DO UPDATE SET attempts = excluded.attempts, due = excluded.due, redriven = excluded.redriven
        """;

    private const string UnparkSome =
        """
        DELETE FROM parked USING unnest($1::text[], $2::bigint[], $3::bigint[]) AS gone (id, generation, sequence), subscription
        WHERE parked.subscription = gone.id AND parked.sequence = gone.sequence
        AND subscription.id = gone.id AND subscription.generation = gone.generation
        """;

    private const string Bury =
        """
        INSERT INTO dead_letter (subscription, sequence, asset, attempts, time, reason)
        SELECT new.id, new.sequence, new.asset, new.attempts, new.time, new.reason
        FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::uuid[], $5::integer[], $6::bigint[], $7::text[])
            AS new (id, generation, sequence, asset, attempts, time, reason)
        JOIN subscription ON subscription.id = new.id AND subscription.generation = new.generation
        ON CONFLICT (subscription, sequence) DO UPDATE SET attempts = excluded.attempts, time = excluded.time, reason = excluded.reason
        """;

    private const string Note =
        """
        INSERT INTO attempt (subscription, sequence, number, started, milliseconds, class, status, response)
        SELECT new.id, new.sequence, new.number, new.started, new.milliseconds, new.class, new.status, new.response
        FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::text[], $7::integer[], $8::text[])
            WITH ORDINALITY AS new (id, sequence, number, started, milliseconds, class, status, response, place)
        WHERE EXISTS (SELECT 1 FROM subscription WHERE subscription.id = new.id)
        ORDER BY new.place
        """;

    private const string DeadLetters =
        """
        SELECT sequence, asset, attempts, time, reason FROM dead_letter
        WHERE subscription = $1 AND sequence > $2 ORDER BY sequence LIMIT $3
        """;

    private const string Redrive =
        """
        WITH gone AS (DELETE FROM dead_letter WHERE subscription = $1 AND ($3::bigint[] IS NULL OR sequence = ANY ($3)) RETURNING sequence, asset)
        INSERT INTO parked (subscription, sequence, asset, attempts, due, redriven) SELECT $1, sequence, asset, 0, $2, true FROM gone
        ON CONFLICT (subscription, sequence) DO UPDATE SET attempts = 0, due = excluded.due, redriven = true
        """;

    private const string Revise = "UPDATE subscription SET revision = revision + 1 WHERE id = $1";

    private const string Attempts =
        """
        SELECT sequence, number, started, milliseconds, class, status, response FROM attempt
        WHERE subscription = $1 ORDER BY id DESC LIMIT $2
        """;

    private const string CleanLetters = "DELETE FROM dead_letter WHERE time < $1";

    private const string CleanFailures = "DELETE FROM attempt WHERE class <> 'delivered' AND started < $1";

    private const string CleanAttempts =
        """
        DELETE FROM attempt WHERE id IN (
            SELECT id FROM (
                SELECT id, class, row_number() OVER (PARTITION BY subscription, class = 'delivered' ORDER BY id DESC) AS place FROM attempt) AS ranked
            WHERE place > CASE WHEN class = 'delivered' THEN $2 ELSE $1 END)
        """;

    public ValueTask<bool> CheckpointAsync(Lease lease, ImmutableArray<DeliveryCheckpoint> checkpoints, CancellationToken cancellationToken) =>
        _writes.RunAsync(() => StoreAsync(lease, checkpoints, cancellationToken));

    private async ValueTask<bool> StoreAsync(Lease lease, ImmutableArray<DeliveryCheckpoint> checkpoints, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await HoldAsync(connection, lease, cancellationToken))
            {
                return false;
            }

            await using var batch = new NpgsqlBatch(connection);
            foreach (var command in Commands(checkpoints))
            {
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(CancellationToken.None);
            return true;
        }
        catch (NpgsqlException failure) when (Failures.IsTransient(failure))
        {
            throw Failures.Told(failure);
        }
    }

    public async ValueTask<ImmutableArray<DeadLetter>> DeadLettersAsync(string id, long after, int limit, CancellationToken cancellationToken) =>
    [
        .. await source.ReadAsync(
            DeadLetters,
            static row => new DeadLetter(row.GetInt64(0), row.GetGuid(1), row.GetInt32(2), row.GetInt64(3), row.GetString(4)),
            [Sql.Of(id), Sql.Of(after), Sql.Of(limit)],
            cancellationToken),
    ];

    public async ValueTask<int> RedriveAsync(string id, ImmutableArray<long> sequences, long now, CancellationToken cancellationToken)
    {
        var which = sequences.IsEmpty
            ? new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint, Value = DBNull.Value }
            : Sql.Of(sequences.ToList());
        var redrive = Sql.Command(Redrive, Sql.Of(id), Sql.Of(now), which);
        await ChangeAsync([Sql.Command(Rise), redrive, Sql.Command(Revise, Sql.Of(id))], cancellationToken);
        return (int)redrive.RecordsAffected;
    }

    public async ValueTask<ImmutableArray<StoredAttempt>> AttemptsAsync(string id, int limit, CancellationToken cancellationToken) =>
    [
        .. await source.ReadAsync(
            Attempts,
            static row => new StoredAttempt(
                row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetInt32(5), row.GetString(6)),
            [Sql.Of(id), Sql.Of(limit)],
            cancellationToken),
    ];

    public async ValueTask CleanAsync(DeliveryKeeping keeping, CancellationToken cancellationToken) =>
        await ChangeAsync(
            [
                Sql.Command(CleanLetters, Sql.Of(keeping.DeadLettersFrom)),
                Sql.Command(CleanFailures, Sql.Of(keeping.FailuresFrom)),
                Sql.Command(CleanAttempts, Sql.Of(keeping.FailuresMax), Sql.Of(keeping.SuccessesMax)),
                Sql.Command(CleanOldNotices, Sql.Of(keeping.NoticesFrom)),
                Sql.Command(CleanManyNotices, Sql.Of(keeping.NoticesMax)),
            ],
            cancellationToken);

    /// <summary>Holds a lease for the connection's transaction, which is not forced to disk; false when it is lost.</summary>
    private static async Task<bool> HoldAsync(NpgsqlConnection connection, Lease lease, CancellationToken cancellationToken)
    {
        var commands = new[] { Sql.Command(Unforced), Sql.Command(Hold, Sql.Of(lease.Name), Sql.Of(lease.Owner), Sql.Of(lease.Epoch)) };
        await using var hold = new NpgsqlBatch(connection) { BatchCommands = { commands[0], commands[1] } };
        return await hold.ExecuteScalarAsync(cancellationToken) is not null;
    }

    private static IEnumerable<NpgsqlBatchCommand> Commands(ImmutableArray<DeliveryCheckpoint> checkpoints)
    {
        yield return MoveAll(checkpoints);
        var parked = checkpoints.SelectMany(checkpoint => checkpoint.Parked, static (checkpoint, row) => (Of: checkpoint, Row: row)).ToList();
        if (parked.Count > 0)
        {
            yield return Sql.Command(
                Park,
                Sql.Of(parked.ConvertAll(pair => pair.Of.Subscription)),
                Sql.Of(parked.ConvertAll(pair => pair.Of.State.Generation)),
                Sql.Of(parked.ConvertAll(pair => pair.Row.Sequence)),
                Sql.Of(parked.ConvertAll(pair => pair.Row.Asset)),
                Sql.Of(parked.ConvertAll(pair => pair.Row.Attempts)),
                Sql.Of(parked.ConvertAll(pair => pair.Row.Due)),
                Sql.Of(parked.ConvertAll(pair => pair.Row.IsRedriven)));
        }

        var unparked = checkpoints.SelectMany(checkpoint => checkpoint.Unparked, static (checkpoint, sequence) => (Of: checkpoint, Sequence: sequence)).ToList();
        if (unparked.Count > 0)
        {
            yield return Sql.Command(
                UnparkSome,
                Sql.Of(unparked.ConvertAll(pair => pair.Of.Subscription)),
                Sql.Of(unparked.ConvertAll(pair => pair.Of.State.Generation)),
                Sql.Of(unparked.ConvertAll(pair => pair.Sequence)));
        }

        var dead = checkpoints.SelectMany(checkpoint => checkpoint.DeadLetters, static (checkpoint, row) => (Of: checkpoint, Row: row)).ToList();
        if (dead.Count > 0)
        {
            yield return Sql.Command(
                Bury,
                Sql.Of(dead.ConvertAll(pair => pair.Of.Subscription)),
                Sql.Of(dead.ConvertAll(pair => pair.Of.State.Generation)),
                Sql.Of(dead.ConvertAll(pair => pair.Row.Sequence)),
                Sql.Of(dead.ConvertAll(pair => pair.Row.Asset)),
                Sql.Of(dead.ConvertAll(pair => pair.Row.Attempts)),
                Sql.Of(dead.ConvertAll(pair => pair.Row.Time)),
                Sql.Of(dead.ConvertAll(pair => pair.Row.Reason)));
        }

        var attempts = checkpoints.SelectMany(checkpoint => checkpoint.Attempts, static (checkpoint, row) => (Of: checkpoint, Row: row)).ToList();
        if (attempts.Count > 0)
        {
            yield return Sql.Command(
                Note,
                Sql.Of(attempts.ConvertAll(pair => pair.Of.Subscription)),
                Sql.Of(attempts.ConvertAll(pair => pair.Row.Sequence)),
                Sql.Of(attempts.ConvertAll(pair => pair.Row.Number)),
                Sql.Of(attempts.ConvertAll(pair => pair.Row.Started)),
                Sql.Of(attempts.ConvertAll(pair => pair.Row.Milliseconds)),
                Sql.Of(attempts.ConvertAll(pair => pair.Row.Class)),
                Sql.Of(attempts.ConvertAll(pair => pair.Row.Status)),
                Sql.Of(attempts.ConvertAll(pair => pair.Row.Response)));
        }

        foreach (var command in TellAll(checkpoints))
        {
            yield return command;
        }
    }

    private static NpgsqlBatchCommand MoveAll(ImmutableArray<DeliveryCheckpoint> checkpoints)
    {
        var states = checkpoints.Select(checkpoint => checkpoint.State).ToList();
        return Sql.Command(
            Move,
            Sql.Of(checkpoints.Select(checkpoint => checkpoint.Subscription).ToList()),
            Sql.Of(states.ConvertAll(state => state.Generation)),
            Sql.Of(states.ConvertAll(state => state.Log)),
            Sql.Of(states.ConvertAll(state => state.Position)),
            Sql.Of(states.ConvertAll(state => state.Condition.FailingSince)),
            Sql.Of(states.ConvertAll(state => state.Condition.FailedProbes)),
            Sql.Of(states.ConvertAll(state => state.Condition.NextAttempt)),
            Sql.Of(states.ConvertAll(state => state.Condition.LastSuccess)),
            Sql.OfTexts(states.ConvertAll(state => state.Condition.Disabled)),
            Sql.Of(states.ConvertAll(state => (int?)state.Condition.Told)));
    }
}
