using Cartulary.Core.Ports;
using Cartulary.Storage.Conformance;
using Cartulary.Testing.Postgres;
using Npgsql;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>The PostgreSQL store gives leases as every store must.</summary>
public sealed class PostgresLeasesTests(PostgresCluster cluster) : LeasesConformance
{
    private PostgresCatalog? _catalog;

    protected override async ValueTask<ILeases> OpenFreshAsync()
    {
        _catalog = await PostgresCatalog.CreateAsync(cluster);
        return (await _catalog.OpenAsync()).Leases;
    }

    /// <summary>The clock of the database cannot be set, so the leases are set back instead.</summary>
    protected override async ValueTask LetRunOutAsync()
    {
        await using var connection = new NpgsqlConnection($"{_catalog!.ConnectionString};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var setBack = new NpgsqlCommand("UPDATE lease SET expires_at = expires_at - $1", connection);
        setBack.Parameters.Add(new NpgsqlParameter { Value = ILeases.LastsFor });
        await setBack.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    protected override ValueTask CloseAsync() => _catalog?.DisposeAsync() ?? ValueTask.CompletedTask;
}
