using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres;

/// <summary>Keeps API keys beside the catalog, in the same database. They are no commits, and do not wait for the head.</summary>
internal sealed class PostgresKeyStore(NpgsqlDataSource source) : IKeyStore
{
    private const string Insert = "INSERT INTO api_key (id, name, role, hash, created, revoked) VALUES ($1, $2, $3, $4, $5, $6)";

    private const string Columns = "SELECT id, name, role, hash, created, revoked FROM api_key";

    private const string All = Columns + " ORDER BY created, id";

    private const string ByHash = Columns + " WHERE hash = $1 AND revoked IS NULL";

    // Two servers that each revoke one of the last two keys must not both see the other one.
    private const string OneAtATime = "LOCK TABLE api_key IN SHARE ROW EXCLUSIVE MODE";

    private const string InUse = "SELECT count(*) FROM api_key WHERE id = $1 AND revoked IS NULL";

    private const string Revoke =
        """
        UPDATE api_key SET revoked = $3 WHERE id = $1 AND revoked IS NULL
        AND (role <> $2 OR EXISTS (SELECT 1 FROM api_key WHERE role = $2 AND revoked IS NULL AND id <> $1))
        """;

    public async ValueTask AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters =
        [
            Sql.Of(key.Id), Sql.Of(key.Name), Sql.Of(key.Role), Sql.Of([.. key.Hash]), Sql.Of(key.Created), Sql.Of(key.Revoked),
        ];
        await source.ExecuteAsync(Insert, parameters, cancellationToken);
    }

    public async ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellationToken) =>
        [.. await source.ReadAsync(All, Read, [], cancellationToken)];

    public async ValueTask<ApiKey?> FindByHashAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken) =>
        (await source.ReadAsync(ByHash, Read, [Sql.Of(hash.ToArray())], cancellationToken)).SingleOrDefault();

    public async ValueTask<KeyRevocation> RevokeAsync(string id, string lastingRole, long time, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var revoke = Sql.Command(Revoke, Sql.Of(id), Sql.Of(lastingRole), Sql.Of(time));
            await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(OneAtATime), Sql.Command(InUse, Sql.Of(id)), revoke } };
            var wasInUse = await batch.ExecuteScalarAsync(cancellationToken) is > 0L;
            await transaction.CommitAsync(CancellationToken.None);
            return revoke.RecordsAffected > 0 ? KeyRevocation.Revoked : wasInUse ? KeyRevocation.LastOfRole : KeyRevocation.NotInUse;
        }
        catch (NpgsqlException failure) when (Failures.IsTransient(failure))
        {
            throw Failures.Told(failure);
        }
    }

    private static ApiKey Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<byte[]>(3)),
        row.GetInt64(4),
        row.IsDBNull(5) ? null : row.GetInt64(5));
}
