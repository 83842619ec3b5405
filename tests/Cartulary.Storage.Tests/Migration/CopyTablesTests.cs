using Cartulary.Storage.Migration;
using Cartulary.Storage.Tests.Postgres;
using Cartulary.Testing.Postgres;
using Npgsql;

namespace Cartulary.Storage.Tests.Migration;

/// <summary>A table or a column that is added to the database is not forgotten when catalogs are carried there.</summary>
public sealed class CopyTablesTests(PostgresCluster cluster)
{
    // Made anew, or of no use where no server has been yet; webhooks stand in a file of their own, with secrets under a key of their own.
    private static readonly string[] NotCarried =
        ["attempt", "cartulary_schema", "dead_letter", "head", "lease", "notice", "notice_head", "parked", "sink", "sink_skipped", "subscription", "subscription_change", "sweep"];

    private const string Columns =
        """
        SELECT table_name, string_agg(column_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns
        WHERE table_schema = current_schema() GROUP BY table_name ORDER BY table_name::text COLLATE "C"
        """;

    [Fact]
    public async Task Every_column_of_every_table_is_carried()
    {
        await using var catalog = await PostgresCatalog.CreateAsync(cluster);
        await catalog.OpenAsync();

        var carried = CopyTables.InOrder.Append(CopyTables.Keys).OrderBy(table => table.Name, StringComparer.Ordinal)
            .Select(table => $"{table.Name}: {string.Join(' ', table.Columns.Select(column => column.Name))}");

        (await ColumnsAsync(catalog.ConnectionString)).ShouldBe(carried);
    }

    private static async Task<List<string>> ColumnsAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(Columns, connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var there = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            if (!NotCarried.Contains(rows.GetString(0)))
            {
                there.Add($"{rows.GetString(0)}: {rows.GetString(1)}");
            }
        }

        return there;
    }
}
