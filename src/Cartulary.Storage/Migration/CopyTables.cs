using System.Collections.Immutable;
using Cartulary.Storage.Postgres.Connections;
using NpgsqlTypes;

namespace Cartulary.Storage.Migration;

/// <summary>
/// What is carried, table by table. The head is no table in SQLite: it is made of the last numbers when all rows are there.
/// Leases stay behind, because no server runs.
/// </summary>
internal static class CopyTables
{
    // Rows of API keys change without a commit, so that nothing would tell that they are others than before an interruption.
    // There are few: they are carried in the last step, whole.
    public static CopyTable Keys { get; } = new(
        "api_key", "api_key", "id", Text("id"), Text("name"), Text("role"), Bytes("hash"), Long("created"), OptionalLong("revoked"));

    /// <summary>All others, in the order in which they are carried.</summary>
    public static ImmutableArray<CopyTable> InOrder { get; } =
    [
        new("setting", "meta WHERE key <> 'log_id'", "key", Text("name", "key"), Text("value")),
        new("type", "type", "id", Integer("id"), Text("category"), Text("name"), Text("definition"), Text("attribute_ids")),
        new(
            "asset", "asset", "id",
            Long("id"), Uuid("guid"), Integer("type"), Small("status"), Long("version"), Long("rev"), Long("created"), Long("updated")),
        new("revision", "revision", "id", Long("id"), Long("asset"), OptionalLong("prev"), Long("commit_n"), Bytes("state")),
        new("key", "key", "value, kind, type, asset", KeyBytes("value"), Integer("kind"), Integer("type"), Long("asset")),
        new(
            "edge", "edge", "id",
            Long("id"), Long("link"), Integer("type"), Long("end1"), Long("end2"), Long("opened"), OptionalLong("closed"), OptionalBytes("attributes")),

        // What commits wrote is only asked by servers that knew the catalog before them, and none has.
        new(
            "commit_log", "commit_log", "n",
            Long("n"), Long("first_seq"), Integer("count"), Uuid("save_id"), Long("time"), Long("registry_version"), Text("actor"), Text("channel"),
            OptionalText("delete_handler"), Text("headers"), Unknown("writes"), Unknown("touches"), Flag("shortens", "1"), Bytes("log")),
        new("touch", "touch", "asset, version", Long("asset"), Long("version"), Long("commit_n"), OptionalInteger("idx"), TouchedRevision(), TouchedStatus()),
        new(
            "job", "job", "id",
            Uuid("id"), Text("connection"), Flag("purges", "purges"), Text("actor"), Long("started"), Long("total"), Integer("state"), Long("done"),
            OptionalLong("ended"), OptionalText("problem")),
        new(
            "idempotency", "idempotency", "actor, key",
            Text("actor"), Text("key"), Bytes("body"), Long("commit_n"), Long("time"), Bytes("guids")),
    ];

    private static CopyColumn Long(string name) =>
        new(name, name, static (row, place, target) => target.Write(row.Values.Long(place), NpgsqlDbType.Bigint));

    private static CopyColumn Integer(string name) =>
        new(name, name, static (row, place, target) => target.Write(row.Values.Int(place), NpgsqlDbType.Integer));

    private static CopyColumn Small(string name) =>
        new(name, name, static (row, place, target) => target.Write((short)row.Values.Int(place), NpgsqlDbType.Smallint));

    private static CopyColumn Flag(string name, string source) =>
        new(name, source, static (row, place, target) => target.Write(row.Values.Int(place) != 0, NpgsqlDbType.Boolean));

    private static CopyColumn Uuid(string name) =>
        new(name, name, static (row, place, target) => target.Write(row.Values.Guid(place), NpgsqlDbType.Uuid));

    private static CopyColumn Text(string name, string? source = null) =>
        new(name, source ?? name, static (row, place, target) => target.Write(row.Values.Text(place), NpgsqlDbType.Text));

    private static CopyColumn Unknown(string name) => new(name, "NULL", static (_, _, target) => target.WriteNull());

    private static CopyColumn Bytes(string name) =>
        new(name, name, static (row, place, target) => target.Write(row.Values.Blob(place).ToArray(), NpgsqlDbType.Bytea));

    private static CopyColumn KeyBytes(string name) =>
        new(name, name, static (row, place, target) => target.Write(KeyValue.Of(row.Values.Text(place)), NpgsqlDbType.Bytea));

    private static CopyColumn TouchedRevision() => new(
        "rev",
        "rev",
        static (row, place, target) => target.Write(row.Values.IsNull(place) ? row.VersionInLog().Revision!.Value : row.Values.Long(place), NpgsqlDbType.Bigint));

    private static CopyColumn TouchedStatus() => new(
        "status",
        "status",
        static (row, place, target) =>
            target.Write((short)(row.Values.IsNull(place) ? (int)row.VersionInLog().Status : row.Values.Int(place)), NpgsqlDbType.Smallint));

    private static CopyColumn OptionalLong(string name) => Optional(Long(name));

    private static CopyColumn OptionalInteger(string name) => Optional(Integer(name));

    private static CopyColumn OptionalText(string name) => Optional(Text(name));

    private static CopyColumn OptionalBytes(string name) => Optional(Bytes(name));

    private static CopyColumn Optional(CopyColumn column) => column with
    {
        Write = (row, place, target) =>
        {
            if (row.Values.IsNull(place))
            {
                target.WriteNull();
            }
            else
            {
                column.Write(row, place, target);
            }
        },
    };
}
