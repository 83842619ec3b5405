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

    private const string Revoke = "UPDATE api_key SET revoked = $2 WHERE id = $1 AND revoked IS NULL";

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

    public async ValueTask<bool> RevokeAsync(string id, long time, CancellationToken cancellationToken) =>
        await source.ExecuteAsync(Revoke, [Sql.Of(id), Sql.Of(time)], cancellationToken) == 1;

    private static ApiKey Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<byte[]>(3)),
        row.GetInt64(4),
        row.IsDBNull(5) ? null : row.GetInt64(5));
}
