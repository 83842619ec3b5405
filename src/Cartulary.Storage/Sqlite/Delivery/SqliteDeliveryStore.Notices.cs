using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Sqlite.Connections;

namespace Cartulary.Storage.Sqlite.Delivery;

public sealed partial class SqliteDeliveryStore
{
    private const string Tell =
        "INSERT INTO notice (subscription, kind, time, since, sequence, count, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    private const string NoticeColumns = "SELECT id, subscription, kind, time, since, sequence, count, reason FROM notice WHERE id > ?1";

    private const string Notices = NoticeColumns + " ORDER BY id LIMIT ?2";

    private const string NoticesOfOne = NoticeColumns + " AND subscription = ?3 ORDER BY id LIMIT ?2";

    private const string CleanOldNotices = "DELETE FROM notice WHERE time < ?1";

    private const string CleanManyNotices =
        """
        DELETE FROM notice WHERE id IN (
            SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY subscription ORDER BY id DESC) AS place FROM notice) WHERE place > ?1)
        """;

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<StoredNotice>> NoticesAsync(string? id, long after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            database =>
            {
                var statement = database.Prepared(id is null ? Notices : NoticesOfOne).Bind(1, after).Bind(2, limit);
                return Rows(id is null ? statement : statement.Bind(3, id), ReadNotice);
            },
            cancellationToken);

    private static void Store(Database database, string id, ImmutableArray<DeliveryNotice> notices)
    {
        foreach (var notice in notices)
        {
            database.Prepared(Tell)
                .Bind(1, id)
                .Bind(2, (int)notice.Kind)
                .Bind(3, notice.Time)
                .Bind(4, notice.Since)
                .Bind(5, notice.Sequence)
                .Bind(6, (long?)notice.Count)
                .Bind(7, notice.Reason)
                .Execute();
        }
    }

    private static void CleanNotices(Database database, DeliveryKeeping keeping)
    {
        database.Prepared(CleanOldNotices).Bind(1, keeping.NoticesFrom).Execute();
        database.Prepared(CleanManyNotices).Bind(1, keeping.NoticesMax).Execute();
    }

    private static StoredNotice ReadNotice(Statement row) => new(
        row.Long(0),
        row.Text(1),
        new DeliveryNotice((NoticeKind)row.Int(2), row.Long(3))
        {
            Since = Optional(row, 4),
            Sequence = Optional(row, 5),
            Count = (int?)Optional(row, 6),
            Reason = row.IsNull(7) ? null : row.Text(7),
        });
}
