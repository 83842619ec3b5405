using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres.Delivery;

internal sealed partial class PostgresDeliveryStore
{
    // Ids that a reader has seen must not be given again after the database died.
    private const string ForcedAgain = "SET LOCAL synchronous_commit TO DEFAULT";

    private const string Tell =
        """
        WITH new AS (
            SELECT given.*, row_number() OVER (ORDER BY given.place) AS number
            FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[], $7::integer[], $8::text[])
                WITH ORDINALITY AS given (id, generation, kind, time, since, sequence, count, reason, place)
            JOIN subscription ON subscription.id = given.id AND subscription.generation = given.generation),
        head AS (UPDATE notice_head SET last = last + (SELECT count(*) FROM new) RETURNING last - (SELECT count(*) FROM new) AS before)
        INSERT INTO notice (id, subscription, kind, time, since, sequence, count, reason)
        SELECT head.before + new.number, new.id, new.kind, new.time, new.since, new.sequence, new.count, new.reason FROM new, head
        """;

    private const string NoticeColumns = "SELECT id, subscription, kind, time, since, sequence, count, reason FROM notice WHERE id > $1";

    private const string Notices = NoticeColumns + " ORDER BY id LIMIT $2";

    private const string NoticesOfOne = NoticeColumns + " AND subscription = $3 ORDER BY id LIMIT $2";

    private const string CleanOldNotices = "DELETE FROM notice WHERE time < $1";

    private const string CleanManyNotices =
        """
        DELETE FROM notice WHERE id IN (
            SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY subscription ORDER BY id DESC) AS place FROM notice) AS ranked
            WHERE place > $1)
        """;

    public async ValueTask<ImmutableArray<StoredNotice>> NoticesAsync(string? id, long after, int limit, CancellationToken cancellationToken) =>
    [
        .. await source.ReadAsync(
            id is null ? Notices : NoticesOfOne,
            ReadNotice,
            [Sql.Of(after), Sql.Of(limit), .. id is null ? [] : new[] { Sql.Of(id) }],
            cancellationToken),
    ];

    private static IEnumerable<NpgsqlBatchCommand> TellAll(ImmutableArray<DeliveryCheckpoint> checkpoints)
    {
        var notices = checkpoints.SelectMany(checkpoint => checkpoint.Notices, static (checkpoint, row) => (Of: checkpoint, Row: row)).ToList();
        if (notices.Count > 0)
        {
            yield return Sql.Command(ForcedAgain);
            yield return Sql.Command(
                Tell,
                Sql.Of(notices.ConvertAll(pair => pair.Of.Subscription)),
                Sql.Of(notices.ConvertAll(pair => pair.Of.State.Generation)),
                Sql.Of(notices.ConvertAll(pair => (int)pair.Row.Kind)),
                Sql.Of(notices.ConvertAll(pair => pair.Row.Time)),
                Sql.Of(notices.ConvertAll(pair => pair.Row.Since)),
                Sql.Of(notices.ConvertAll(pair => pair.Row.Sequence)),
                Sql.Of(notices.ConvertAll(pair => pair.Row.Count)),
                Sql.OfTexts(notices.ConvertAll(pair => pair.Row.Reason)));
        }
    }

    private static StoredNotice ReadNotice(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        new DeliveryNotice((NoticeKind)row.GetInt32(2), row.GetInt64(3))
        {
            Since = Optional(row, 4),
            Sequence = Optional(row, 5),
            Count = OptionalInt(row, 6),
            Reason = row.IsDBNull(7) ? null : row.GetString(7),
        });
}
