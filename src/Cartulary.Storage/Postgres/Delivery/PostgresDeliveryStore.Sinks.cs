using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Delivery;

internal sealed partial class PostgresDeliveryStore
{
    private const string SinkColumns =
        """
        name, revision, log, position, target, partitions, accepted,
            trouble, message, since, blocking, at_sequence, at_asset, found_partitions
        """;

    private const string SinkByName = "SELECT " + SinkColumns + " FROM sink WHERE name = $1";

    private const string InsertSink =
        "INSERT INTO sink (" + SinkColumns + ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (name) DO NOTHING";

    private const string UpdateSink =
        """
        UPDATE sink SET revision = $2, log = $3, position = $4, target = $5, partitions = $6, accepted = $7, trouble = $8, message = $9,
            since = $10, blocking = $11, at_sequence = $12, at_asset = $13, found_partitions = $14
        WHERE name = $1 AND revision = $15
        """;

    // The event is remembered only where the row was replaced.
    private const string UpdateSinkAndSkip =
        "WITH replaced AS (" + UpdateSink
        + """
         RETURNING name)
        INSERT INTO sink_skipped (sink, sequence, asset, time, reason) SELECT name, $16, $17, $18, $19 FROM replaced
        ON CONFLICT (sink, sequence) DO UPDATE SET time = excluded.time, reason = excluded.reason
        """;

    private const string Skipped = "SELECT sequence, asset, time, reason FROM sink_skipped WHERE sink = $1 ORDER BY sequence DESC LIMIT $2";

    private const string MoveSinksToLog =
        """
        WITH moved AS (
            UPDATE sink SET revision = revision + 1, log = $1, position = least(position, $2) WHERE log <> $1 RETURNING name, position
        )
        DELETE FROM sink_skipped USING moved WHERE sink_skipped.sink = moved.name AND sink_skipped.sequence > moved.position
        """;

    public async ValueTask<SinkRow?> FindSinkAsync(string name, CancellationToken cancellationToken) =>
        (await source.ReadAsync(SinkByName, ReadSink, [Sql.Of(name)], cancellationToken)).SingleOrDefault();

    public async ValueTask AddSinkAsync(SinkRow row, CancellationToken cancellationToken) =>
        await _writes.RunAsync(async () => await source.ExecuteAsync(InsertSink, SinkParameters(row), cancellationToken));

    public async ValueTask<bool> ReplaceSinkAsync(SinkRow row, SkippedEvent? skipped, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] update = [.. SinkParameters(row), Sql.Of(row.Revision - 1)];
        var changed = await _writes.RunAsync(async () => skipped is null
            ? await source.ExecuteAsync(UpdateSink, update, cancellationToken)
            : await source.ExecuteAsync(
                UpdateSinkAndSkip,
                [.. update, Sql.Of(skipped.Sequence), Sql.Of(skipped.Asset), Sql.Of(skipped.Time), Sql.Of(skipped.Reason)],
                cancellationToken));
        return changed == 1;
    }

    public ValueTask<SinkStored> CheckpointSinkAsync(Lease lease, SinkRow row, CancellationToken cancellationToken) =>
        _writes.RunAsync(() => StoreSinkAsync(lease, row, cancellationToken));

    private async ValueTask<SinkStored> StoreSinkAsync(Lease lease, SinkRow row, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await HoldAsync(connection, lease, cancellationToken))
            {
                return SinkStored.LeaseLost;
            }

            await using var update = new NpgsqlCommand(UpdateSink, connection, transaction);
            update.Parameters.AddRange((NpgsqlParameter[])[.. SinkParameters(row), Sql.Of(row.Revision)]);
            var isStored = await update.ExecuteNonQueryAsync(cancellationToken) == 1;
            await transaction.CommitAsync(CancellationToken.None);
            return isStored ? SinkStored.Stored : SinkStored.Changed;
        }
        catch (NpgsqlException failure) when (Failures.IsTransient(failure))
        {
            throw Failures.Told(failure);
        }
    }

    public async ValueTask<ImmutableArray<SkippedEvent>> SkippedAsync(string name, int limit, CancellationToken cancellationToken) =>
    [
        .. await source.ReadAsync(
            Skipped,
            static row => new SkippedEvent(row.GetInt64(0), row.GetGuid(1), row.GetInt64(2), row.GetString(3)),
            [Sql.Of(name), Sql.Of(limit)],
            cancellationToken),
    ];

    private static NpgsqlParameter[] SinkParameters(SinkRow row) =>
    [
        Sql.Of(row.Name),
        Sql.Of(row.Revision),
        Sql.Of(row.Log),
        Sql.Of(row.Position),
        Sql.Of(row.Target),
        Sql.OfOptional(row.Partitions),
        Sql.OfOptional(row.Accepted),
        Sql.OfOptionalText(row.Trouble?.Code),
        Sql.OfOptionalText(row.Trouble?.Message),
        Sql.Of(row.Trouble?.Since),
        Sql.OfOptional(row.Trouble?.IsBlocking),
        Sql.Of(row.Trouble?.Sequence),
        Sql.OfOptional(row.Trouble?.Asset),
        Sql.OfOptional(row.Trouble?.Partitions),
    ];

    private static SinkRow ReadSink(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetInt64(1),
        row.GetGuid(2),
        row.GetInt64(3),
        row.GetString(4),
        OptionalInt(row, 5),
        OptionalInt(row, 6),
        row.IsDBNull(7)
            ? null
            : new SinkTrouble(row.GetString(7), row.GetString(8), row.GetInt64(9), row.GetBoolean(10))
            {
                Sequence = Optional(row, 11),
                Asset = row.IsDBNull(12) ? null : row.GetGuid(12),
                Partitions = OptionalInt(row, 13),
            });

    private static int? OptionalInt(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);
}
