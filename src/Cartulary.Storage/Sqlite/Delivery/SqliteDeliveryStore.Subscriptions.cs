using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Delivery;

public sealed partial class SqliteDeliveryStore
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

    private const string ById = Summaries + " WHERE id = ?1";

    private const string OfShard = Columns + " FROM subscription WHERE shard = ?1 ORDER BY id";

    private const string Places =
        Columns
        + """
        ,
            (SELECT min(sequence) FROM parked WHERE parked.subscription = subscription.id AND sequence >= ?1),
            (SELECT min(sequence) FROM dead_letter WHERE dead_letter.subscription = subscription.id AND sequence >= ?1)
        FROM subscription ORDER BY id
        """;

    // Any change will do: forcing it to disk forces what was written before it.
    private const string Touch = "UPDATE change SET count = count";

    private const string ParkedOf = "SELECT sequence, asset, attempts, due, redriven FROM parked WHERE subscription = ?1 ORDER BY sequence";

    private const string Insert =
        """
        INSERT INTO subscription (id, shard, revision, generation, start, log, document, state_generation, state_log, position, failed_probes)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?4, ?6, ?5, 0 WHERE (SELECT count(*) FROM subscription) < ?8
        """;

    private const string Replace =
        """
        UPDATE subscription SET revision = ?2, generation = ?3, start = ?4, log = ?5, document = ?6
        WHERE id = ?1 AND revision = ?2 - 1
        """;

    private const string Unpark =
        """
        DELETE FROM parked WHERE subscription = ?1 AND sequence > ?2
        AND (SELECT state_generation FROM subscription WHERE id = ?1) <> ?3
        """;

    private const string Delete = "DELETE FROM subscription WHERE id = ?1";

    private const string Rise = "UPDATE change SET count = count + 1";

    private const string Count = "SELECT count FROM change";

    private static readonly ImmutableArray<string> DeleteRest =
    [
        "DELETE FROM parked WHERE subscription = ?1",
        "DELETE FROM dead_letter WHERE subscription = ?1",
        "DELETE FROM attempt WHERE subscription = ?1",
        "DELETE FROM notice WHERE subscription = ?1",
    ];

    /// <inheritdoc/>
    public ValueTask<long> ChangesAsync(CancellationToken cancellationToken) =>
        ReadAsync(static database => database.Number(Count)!.Value, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SubscriptionSummary>> ListAsync(CancellationToken cancellationToken) =>
        ReadAsync(static database => Rows(database.Prepared(All), ReadSummary), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SubscriptionSummary?> FindAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(database => Rows(database.Prepared(ById).Bind(1, id), ReadSummary).SingleOrDefault(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(SubscriptionRow row, int most, CancellationToken cancellationToken) =>
        ChangeAsync(
            isForced: true,
            database =>
            {
                database.Prepared(Insert)
                    .Bind(1, row.Id)
                    .Bind(2, row.Shard)
                    .Bind(3, row.Revision)
                    .Bind(4, row.Generation)
                    .Bind(5, row.Start)
                    .Bind(6, row.Log)
                    .Bind(7, row.Document.Span)
                    .Bind(8, most)
                    .Execute();
                return HasChanged(database);
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceAsync(SubscriptionRow row, CancellationToken cancellationToken) =>
        ChangeAsync(
            isForced: true,
            database =>
            {
                database.Prepared(Replace)
                    .Bind(1, row.Id)
                    .Bind(2, row.Revision)
                    .Bind(3, row.Generation)
                    .Bind(4, row.Start)
                    .Bind(5, row.Log)
                    .Bind(6, row.Document.Span)
                    .Execute();
                if (!HasChanged(database))
                {
                    return false;
                }

                database.Prepared(Unpark).Bind(1, row.Id).Bind(2, row.Start).Bind(3, row.Generation).Execute();
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(
            isForced: true,
            database =>
            {
                database.Prepared(Delete).Bind(1, id).Execute();
                var wasThere = HasChanged(database);
                foreach (var sql in DeleteRest)
                {
                    database.Prepared(sql).Bind(1, id).Execute();
                }

                return wasThere;
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<LoadedSubscription>> LoadAsync(int shard, CancellationToken cancellationToken) =>
        ReadAsync(
            database =>
            {
                var rows = Rows(database.Prepared(OfShard).Bind(1, shard), static row => (Row: ReadRow(row), State: ReadState(row)));
                return rows.Select(row => new LoadedSubscription(row.Row, row.State, Rows(database.Prepared(ParkedOf).Bind(1, row.Row.Id), ReadParked)))
                    .ToImmutableArray();
            },
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<SubscriptionPlace>> PlacesAsync(long oldest, CancellationToken cancellationToken) =>
        ChangeAsync(
            isForced: true,
            database =>
            {
                database.Prepared(Touch).Execute();
                return Rows(
                    database.Prepared(Places).Bind(1, oldest),
                    static row => new SubscriptionPlace(ReadRow(row), ReadState(row), Optional(row, 16), Optional(row, 17)));
            },
            cancellationToken);

    /// <summary>Whether the last statement changed a subscription; others are told then.</summary>
    private static bool HasChanged(Database database)
    {
        if (database.Changes == 0)
        {
            return false;
        }

        database.Prepared(Rise).Execute();
        return true;
    }

    private static ImmutableArray<T> Rows<T>(Statement statement, Func<Statement, T> read)
    {
        var rows = ImmutableArray.CreateBuilder<T>();
        while (statement.Step())
        {
            rows.Add(read(statement));
        }

        return rows.DrainToImmutable();
    }

    private static SubscriptionSummary ReadSummary(Statement row) => new(ReadRow(row), ReadState(row), row.Long(16), row.Long(17));

    private static SubscriptionRow ReadRow(Statement row) =>
        new(row.Text(0), row.Int(1), row.Long(2), row.Long(3), row.Long(4), row.Guid(5), row.Blob(6).ToArray());

    private static DeliveryState ReadState(Statement row) => new(row.Long(7), row.Guid(8), row.Long(9), new EndpointCondition
    {
        FailingSince = Optional(row, 10),
        FailedProbes = row.Int(11),
        NextAttempt = Optional(row, 12),
        LastSuccess = Optional(row, 13),
        Disabled = row.IsNull(14) ? null : row.Text(14),
        Told = (NoticeKind?)Optional(row, 15),
    });

    private static ParkedEvent ReadParked(Statement row) => new(row.Long(0), row.Guid(1), row.Int(2), Optional(row, 3), row.Int(4) != 0);

    private static long? Optional(Statement row, int column) => row.IsNull(column) ? null : row.Long(column);
}
