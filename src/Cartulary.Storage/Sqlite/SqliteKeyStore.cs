using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Connections;
using Cartulary.Storage.Sqlite.Reading;
using Cartulary.Storage.Sqlite.Writing;

namespace Cartulary.Storage.Sqlite;

/// <summary>Keeps API keys beside the catalog, in the same file.</summary>
internal sealed class SqliteKeyStore(CommitWriter<WriteTurn> writer, ReaderPool readers) : IKeyStore
{
    private const string Insert = "INSERT INTO api_key (id, name, role, hash, created, revoked) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    private const string Columns = "SELECT id, name, role, hash, created, revoked FROM api_key";

    private const string All = Columns + " ORDER BY created, id";

    private const string ByHash = Columns + " WHERE hash = ?1 AND revoked IS NULL";

    private const string InUse = "SELECT 1 FROM api_key WHERE id = ?1 AND revoked IS NULL";

    private const string Revoke = """
        UPDATE api_key SET revoked = ?3 WHERE id = ?1 AND revoked IS NULL
        AND (role <> ?2 OR EXISTS (SELECT 1 FROM api_key WHERE role = ?2 AND revoked IS NULL AND id <> ?1))
        """;

    public async ValueTask AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        await writer.ChangeAsync(
            turn =>
            {
                turn.Database.Prepared(Insert)
                    .Bind(1, key.Id)
                    .Bind(2, key.Name)
                    .Bind(3, key.Role)
                    .Bind(4, key.Hash.AsSpan())
                    .Bind(5, key.Created)
                    .Bind(6, key.Revoked)
                    .Execute();
                return new(true);
            },
            cancellationToken);
    }

    public async ValueTask<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellationToken)
    {
        await using var session = await readers.OpenAsync(cancellationToken);
        var all = session.Use(All, cancellationToken);
        var keys = ImmutableArray.CreateBuilder<ApiKey>();
        while (all.Step())
        {
            keys.Add(Read(all));
        }

        return keys.DrainToImmutable();
    }

    public async ValueTask<ApiKey?> FindByHashAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken)
    {
        await using var session = await readers.OpenAsync(cancellationToken);
        var byHash = session.Use(ByHash, cancellationToken).Bind(1, hash.Span);
        return byHash.Step() ? Read(byHash) : null;
    }

    public async ValueTask<KeyRevocation> RevokeAsync(string id, string lastingRole, long time, CancellationToken cancellationToken)
    {
        var wasInUse = false;
        var isRevoked = await writer.ChangeAsync(
            turn =>
            {
                var inUse = turn.Database.Prepared(InUse).Bind(1, id);
                wasInUse = inUse.Step();
                inUse.Reset();
                turn.Database.Prepared(Revoke).Bind(1, id).Bind(2, lastingRole).Bind(3, time).Execute();
                return new(turn.Database.Changes == 1);
            },
            cancellationToken);
        return isRevoked ? KeyRevocation.Revoked : wasInUse ? KeyRevocation.LastOfRole : KeyRevocation.NotInUse;
    }

    private static ApiKey Read(Statement row) => new(
        row.Text(0),
        row.Text(1),
        row.Text(2),
        ImmutableCollectionsMarshal.AsImmutableArray(row.Blob(3).ToArray()),
        row.Long(4),
        row.IsNull(5) ? null : row.Long(5));
}
