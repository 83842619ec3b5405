using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Delivery;

public sealed partial class SqliteDeliveryStore
{
    private const string SinkColumns =
        """
        name, revision, log, position, target, partitions, accepted,
            trouble, message, since, blocking, at_sequence, at_asset, found_partitions
        """;

    private const string SinkByName = "SELECT " + SinkColumns + " FROM sink WHERE name = ?1";

    private const string InsertSink =
        "INSERT OR IGNORE INTO sink (" + SinkColumns + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

    private const string UpdateSink =
        """
        UPDATE sink SET revision = ?2, log = ?3, position = ?4, target = ?5, partitions = ?6, accepted = ?7, trouble = ?8, message = ?9,
            since = ?10, blocking = ?11, at_sequence = ?12, at_asset = ?13, found_partitions = ?14
        WHERE name = ?1 AND revision = ?15
        """;

    private const string Skip = "INSERT OR REPLACE INTO sink_skipped (sink, sequence, asset, time, reason) VALUES (?1, ?2, ?3, ?4, ?5)";

    private const string Skipped = "SELECT sequence, asset, time, reason FROM sink_skipped WHERE sink = ?1 ORDER BY sequence DESC LIMIT ?2";

    private const string MoveSinksToLog =
        "UPDATE sink SET revision = revision + 1, log = ?1, position = min(position, ?2) WHERE log <> ?1";

    private const string UnskipLost = "DELETE FROM sink_skipped WHERE sequence > (SELECT position FROM sink WHERE name = sink_skipped.sink)";

    /// <inheritdoc/>
    public ValueTask<SinkRow?> FindSinkAsync(string name, CancellationToken cancellationToken) =>
        ReadAsync(database => Rows(database.Prepared(SinkByName).Bind(1, name), ReadSink).SingleOrDefault(), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AddSinkAsync(SinkRow row, CancellationToken cancellationToken) =>
        await ChangeAsync(
            isForced: true,
            database =>
            {
                BindSink(database.Prepared(InsertSink), row).Execute();
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceSinkAsync(SinkRow row, SkippedEvent? skipped, CancellationToken cancellationToken) =>
        ChangeAsync(
            isForced: true,
            database =>
            {
                BindSink(database.Prepared(UpdateSink), row).Bind(15, row.Revision - 1).Execute();
                if (database.Changes == 0)
                {
                    return false;
                }

                if (skipped is not null)
                {
                    database.Prepared(Skip)
                        .Bind(1, row.Name)
                        .Bind(2, skipped.Sequence)
                        .Bind(3, skipped.Asset)
                        .Bind(4, skipped.Time)
                        .Bind(5, skipped.Reason)
                        .Execute();
                }

                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SinkStored> CheckpointSinkAsync(Lease lease, SinkRow row, CancellationToken cancellationToken)
    {
        if (!await _leases.RenewAsync(lease, cancellationToken))
        {
            return SinkStored.LeaseLost;
        }

        return await ChangeAsync(
            isForced: false,
            database =>
            {
                BindSink(database.Prepared(UpdateSink), row).Bind(15, row.Revision).Execute();
                return database.Changes == 1 ? SinkStored.Stored : SinkStored.Changed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SkippedEvent>> SkippedAsync(string name, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            database => Rows(
                database.Prepared(Skipped).Bind(1, name).Bind(2, limit),
                static row => new SkippedEvent(row.Long(0), row.Guid(1), row.Long(2), row.Text(3))),
            cancellationToken);

    private static void SetSinksBack(Database database, CatalogHead head)
    {
        database.Prepared(MoveSinksToLog).Bind(1, head.LogId).Bind(2, head.Sequence).Execute();
        if (database.Changes > 0)
        {
            database.Prepared(UnskipLost).Execute();
        }
    }

    private static Statement BindSink(Statement statement, SinkRow row)
    {
        statement
            .Bind(1, row.Name)
            .Bind(2, row.Revision)
            .Bind(3, row.Log)
            .Bind(4, row.Position)
            .Bind(5, row.Target)
            .Bind(6, (long?)row.Partitions)
            .Bind(7, (long?)row.Accepted)
            .Bind(8, row.Trouble?.Code)
            .Bind(9, row.Trouble?.Message)
            .Bind(10, row.Trouble?.Since)
            .Bind(11, row.Trouble is { } trouble ? trouble.IsBlocking ? 1L : 0L : null)
            .Bind(12, row.Trouble?.Sequence)
            .Bind(14, (long?)row.Trouble?.Partitions);
        return row.Trouble?.Asset is { } asset ? statement.Bind(13, asset) : statement.BindNull(13);
    }

    private static SinkRow ReadSink(Statement row) => new(
        row.Text(0),
        row.Long(1),
        row.Guid(2),
        row.Long(3),
        row.Text(4),
        (int?)Optional(row, 5),
        (int?)Optional(row, 6),
        row.IsNull(7)
            ? null
            : new SinkTrouble(row.Text(7), row.Text(8), row.Long(9), row.Int(10) != 0)
            {
                Sequence = Optional(row, 11),
                Asset = row.IsNull(12) ? null : row.Guid(12),
                Partitions = (int?)Optional(row, 13),
            });
}
