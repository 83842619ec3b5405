using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres.Connections;
using Npgsql;

namespace Cartulary.Storage.Postgres;

/// <summary>Leases as rows, each change one statement by the clock of the database: they outlive connections, and can fence.</summary>
internal sealed class PostgresLeases(NpgsqlDataSource source) : ILeases
{
    // A lease that ran out is taken anew even by the owner that had it: others may have held it in between.
    private const string Take =
        """
        INSERT INTO lease (name, owner, epoch, expires_at) VALUES ($1, $2, 1, clock_timestamp() + $3)
        ON CONFLICT (name) DO UPDATE SET
            owner = excluded.owner,
            epoch = lease.epoch + CASE WHEN lease.owner = excluded.owner AND lease.expires_at > clock_timestamp() THEN 0 ELSE 1 END,
            expires_at = clock_timestamp() + $3
        WHERE lease.owner = excluded.owner OR lease.expires_at <= clock_timestamp()
        RETURNING epoch
        """;

    private const string Renew =
        """
        UPDATE lease SET expires_at = clock_timestamp() + $4
        WHERE name = $1 AND owner = $2 AND epoch = $3 AND expires_at > clock_timestamp()
        """;

    private const string Release =
        "UPDATE lease SET expires_at = clock_timestamp() WHERE name = $1 AND owner = $2 AND epoch = $3 AND expires_at > clock_timestamp()";

    private const string Count = "SELECT count(*) FROM lease WHERE starts_with(name, $1) AND expires_at > clock_timestamp()";

    public async ValueTask<Lease?> TryTakeAsync(string name, Guid owner, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [Sql.Of(name), Sql.Of(owner), Sql.Of(ILeases.LastsFor)];
        var epochs = await source.ReadAsync(Take, static row => row.GetInt64(0), parameters, cancellationToken);
        return epochs.Count == 1 ? new Lease(name, owner, epochs[0]) : null;
    }

    public async ValueTask<bool> RenewAsync(Lease lease, CancellationToken cancellationToken)
    {
        NpgsqlParameter[] parameters = [Sql.Of(lease.Name), Sql.Of(lease.Owner), Sql.Of(lease.Epoch), Sql.Of(ILeases.LastsFor)];
        return await source.ExecuteAsync(Renew, parameters, cancellationToken) == 1;
    }

    public async ValueTask ReleaseAsync(Lease lease, CancellationToken cancellationToken) =>
        await source.ExecuteAsync(Release, [Sql.Of(lease.Name), Sql.Of(lease.Owner), Sql.Of(lease.Epoch)], cancellationToken);

    public async ValueTask<int> CountAsync(string prefix, CancellationToken cancellationToken) =>
        (int)(await source.ReadAsync(Count, static row => row.GetInt64(0), [Sql.Of(prefix)], cancellationToken))[0];
}
