using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Delivery;

public sealed partial class SqliteDeliveryStore
{
    private const string Move =
        """
        UPDATE subscription SET state_generation = ?2, state_log = ?3, position = ?4,
            failing_since = ?5, failed_probes = ?6, next_attempt = ?7, last_success = ?8, disabled = ?9, told = ?10
        WHERE id = ?1 AND generation = ?2
        """;

    private const string Park =
        "INSERT OR REPLACE INTO parked (subscription, sequence, asset, attempts, due, redriven) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    private const string UnparkOne = "DELETE FROM parked WHERE subscription = ?1 AND sequence = ?2";

    private const string Bury =
        "INSERT OR REPLACE INTO dead_letter (subscription, sequence, asset, attempts, time, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    private const string Note =
        """
        INSERT INTO attempt (subscription, sequence, number, started, milliseconds, class, status, response)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;

    private const string DeadLetters =
        """
        SELECT sequence, asset, attempts, time, reason FROM dead_letter
        WHERE subscription = ?1 AND sequence > ?2 ORDER BY sequence LIMIT ?3
        """;

    private const string ParkAgain =
        """
        INSERT OR REPLACE INTO parked (subscription, sequence, asset, attempts, due, redriven)
        SELECT subscription, sequence, asset, 0, ?2, 1 FROM dead_letter
        WHERE subscription = ?1 AND (?3 IS NULL OR sequence = ?3)
        """;

    private const string Exhume = "DELETE FROM dead_letter WHERE subscription = ?1 AND (?2 IS NULL OR sequence = ?2)";

    private const string Revise = "UPDATE subscription SET revision = revision + 1 WHERE id = ?1";

    private const string Attempts =
        """
        SELECT sequence, number, started, milliseconds, class, status, response FROM attempt
        WHERE subscription = ?1 ORDER BY id DESC LIMIT ?2
        """;

    private const string CleanLetters = "DELETE FROM dead_letter WHERE time < ?1";

    private const string CleanFailures = "DELETE FROM attempt WHERE class <> 'delivered' AND started < ?1";

    private const string CleanAttempts =
        """
        DELETE FROM attempt WHERE id IN (
            SELECT id FROM (
                SELECT id, class, row_number() OVER (PARTITION BY subscription, class = 'delivered' ORDER BY id DESC) AS place FROM attempt)
            WHERE place > CASE WHEN class = 'delivered' THEN ?2 ELSE ?1 END)
        """;

    /// <inheritdoc/>
    public async ValueTask<bool> CheckpointAsync(Lease lease, ImmutableArray<DeliveryCheckpoint> checkpoints, CancellationToken cancellationToken) =>
        await _leases.RenewAsync(lease, cancellationToken)
        && await ChangeAsync(
            isForced: checkpoints.Any(checkpoint => !checkpoint.Notices.IsEmpty),
            database =>
            {
                foreach (var checkpoint in checkpoints)
                {
                    Store(database, checkpoint);
                }

                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<DeadLetter>> DeadLettersAsync(string id, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            database => Rows(
                database.Prepared(DeadLetters).Bind(1, id).Bind(2, after).Bind(3, limit),
                static row => new DeadLetter(row.Long(0), row.Guid(1), row.Int(2), row.Long(3), row.Text(4))),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<int> RedriveAsync(string id, ImmutableArray<long> sequences, long now, CancellationToken cancellationToken) =>
        ChangeAsync(
            isForced: true,
            database =>
            {
                var count = 0;
                foreach (var sequence in sequences.IsEmpty ? [null] : sequences.Distinct().Select(sequence => (long?)sequence))
                {
                    database.Prepared(ParkAgain).Bind(1, id).Bind(2, now).Bind(3, sequence).Execute();
                    database.Prepared(Exhume).Bind(1, id).Bind(2, sequence).Execute();
                    count += database.Changes;
                }

                if (count > 0)
                {
                    database.Prepared(Revise).Bind(1, id).Execute();
                    HasChanged(database);
                }

                return count;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredAttempt>> AttemptsAsync(string id, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            database => Rows(
                database.Prepared(Attempts).Bind(1, id).Bind(2, limit),
                static row => new StoredAttempt(
                    row.Long(0), row.Int(1), row.Long(2), row.Long(3), row.Text(4), row.IsNull(5) ? null : row.Int(5), row.Text(6))),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask CleanAsync(DeliveryKeeping keeping, CancellationToken cancellationToken) =>
        await ChangeAsync(
            isForced: false,
            database =>
            {
                database.Prepared(CleanLetters).Bind(1, keeping.DeadLettersFrom).Execute();
                database.Prepared(CleanFailures).Bind(1, keeping.FailuresFrom).Execute();
                database.Prepared(CleanAttempts).Bind(1, keeping.FailuresMax).Bind(2, keeping.SuccessesMax).Execute();
                CleanNotices(database, keeping);
                return true;
            },
            cancellationToken);

    private static void Store(Database database, DeliveryCheckpoint checkpoint)
    {
        var id = checkpoint.Subscription;
        if (!IsMoved(database, id, checkpoint.State))
        {
            return;
        }

        StoreEvents(database, id, checkpoint);
        foreach (var attempt in checkpoint.Attempts)
        {
            database.Prepared(Note)
                .Bind(1, id)
                .Bind(2, attempt.Sequence)
                .Bind(3, attempt.Number)
                .Bind(4, attempt.Started)
                .Bind(5, attempt.Milliseconds)
                .Bind(6, attempt.Class)
                .Bind(7, (long?)attempt.Status)
                .Bind(8, attempt.Response)
                .Execute();
        }

        Store(database, id, checkpoint.Notices);
    }

    /// <summary>Stores which events are parked and which were given up.</summary>
    private static void StoreEvents(Database database, string id, DeliveryCheckpoint checkpoint)
    {
        foreach (var parked in checkpoint.Parked)
        {
            database.Prepared(Park)
                .Bind(1, id)
                .Bind(2, parked.Sequence)
                .Bind(3, parked.Asset)
                .Bind(4, parked.Attempts)
                .Bind(5, parked.Due)
                .Bind(6, parked.IsRedriven ? 1 : 0)
                .Execute();
        }

        foreach (var sequence in checkpoint.Unparked)
        {
            database.Prepared(UnparkOne).Bind(1, id).Bind(2, sequence).Execute();
        }

        foreach (var letter in checkpoint.DeadLetters)
        {
            database.Prepared(Bury)
                .Bind(1, id)
                .Bind(2, letter.Sequence)
                .Bind(3, letter.Asset)
                .Bind(4, letter.Attempts)
                .Bind(5, letter.Time)
                .Bind(6, letter.Reason)
                .Execute();
        }
    }

    /// <summary>Stores where a subscription stands, and says whether it is of the generation that it is of.</summary>
    private static bool IsMoved(Database database, string id, DeliveryState state)
    {
        database.Prepared(Move)
            .Bind(1, id)
            .Bind(2, state.Generation)
            .Bind(3, state.Log)
            .Bind(4, state.Position)
            .Bind(5, state.Condition.FailingSince)
            .Bind(6, state.Condition.FailedProbes)
            .Bind(7, state.Condition.NextAttempt)
            .Bind(8, state.Condition.LastSuccess)
            .Bind(9, state.Condition.Disabled)
            .Bind(10, (long?)state.Condition.Told)
            .Execute();
        return database.Changes > 0;
    }
}
