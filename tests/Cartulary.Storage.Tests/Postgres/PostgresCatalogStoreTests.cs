using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres;
using Cartulary.Storage.Postgres.Connections;
using Cartulary.Storage.Postgres.Schema;
using Cartulary.Storage.Postgres.Writing;
using Cartulary.Storage.Schemas;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;
using Npgsql;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>What is particular to a catalog in PostgreSQL.</summary>
public sealed class PostgresCatalogStoreTests(PostgresCluster cluster) : IAsyncLifetime
{
    private PostgresCatalog _catalog = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _catalog = await PostgresCatalog.CreateAsync(cluster);

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task Servers_that_start_together_make_the_schema_once()
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _catalog.OpenAsync()));

        stores.Select(store => store.Head.LogId).Distinct().Count().ShouldBe(1);
        (await NumberAsync("SELECT count(*) FROM cartulary_schema")).ShouldBe(SchemaScripts.In("Postgres").Length);
        (await NumberAsync("SELECT count(*) FROM head")).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused()
    {
        await _catalog.OpenAsync();
        await NumberAsync("INSERT INTO cartulary_schema (version) VALUES (1000) RETURNING 1");

        (await Should.ThrowAsync<UnknownSchemaException>(() => _catalog.OpenAsync())).Message.ShouldContain("1000");
    }

    [Fact]
    public async Task A_database_that_cannot_hold_every_text_is_refused()
    {
        var name = $"latin_{Guid.NewGuid():N}";
        await _catalog.RunAsync($"CREATE DATABASE {name} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
        try
        {
            var latin = new NpgsqlConnectionStringBuilder(_catalog.ConnectionString) { Database = name }.ConnectionString;

            (await Should.ThrowAsync<IOException>(() => _catalog.OpenAsync(options: new PostgresStoreOptions { ConnectionString = latin }))).Message
                .ShouldContain("encoded in LATIN1");
        }
        finally
        {
            await _catalog.RunAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    [Fact]
    public async Task Saves_that_wait_together_share_a_transaction()
    {
        var store = await _catalog.OpenAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stale = new PlanBuilder(store.Head).Build() with { RegistryVersion = -1 };
        var busy = store.CommitAsync(
            stale,
            async (session, _) =>
            {
                begun.SetResult();
                await gate.Task;
                return new PlanOutcome.Planned(new PlanBuilder(session.Head).Create("busy").Build());
            },
            Cancel);
        await begun.Task;

        var waiting = Enumerable.Range(0, 40)
            .Select(number => store.CommitAsync(new PlanBuilder(store.Head).Create($"a{number}").Build(), Never, Cancel).AsTask()).ToList();
        gate.SetResult();
        await busy;
        await Task.WhenAll(waiting);

        (await NumberAsync("SELECT count(DISTINCT xmin::text) FROM commit_log")).ShouldBe(2);
        (await NumberAsync("SELECT count(*) FROM commit_log")).ShouldBe(41);
    }

    [Fact]
    public async Task Every_later_version_is_recorded_with_its_commit_and_event_and_every_state_with_the_one_before()
    {
        var store = await _catalog.OpenAsync();
        await store.CommitAsync(new PlanBuilder(store.Head).Create("a").Build(), Never, Cancel);
        await using var session = await store.ReadAsync(Cancel);
        var asset = (await session.ScanAsync(default, 1, Cancel)).Single();
        await store.CommitAsync(new PlanBuilder(store.Head).BumpSilently(asset).Build(), Never, Cancel);
        await store.CommitAsync(new PlanBuilder(store.Head).Create("b").Rename(asset, "c").Build(), Never, Cancel);

        (await NumberAsync("SELECT count(*) FROM touch WHERE (version, commit_n) IN ((2, 2), (3, 3)) AND coalesce(idx, -1) = version * 2 - 5")).ShouldBe(2);
        (await NumberAsync("SELECT count(*) FROM revision WHERE asset = 1 AND (id, coalesce(prev, 0), commit_n) IN ((1, 0, 1), (3, 1, 3))")).ShouldBe(2);
    }

    [Fact]
    public async Task More_readers_than_allowed_wait_for_their_turn()
    {
        var store = await _catalog.OpenAsync(options: new PostgresStoreOptions { ConnectionString = _catalog.ConnectionString, ReaderConnectionsMax = 2 });
        var first = await store.ReadAsync(Cancel);
        await using var second = await store.ReadAsync(Cancel);
        var third = store.ReadAsync(Cancel).AsTask();

        third.IsCompleted.ShouldBeFalse();
        await first.DisposeAsync();

        await (await third.WaitAsync(TimeSpan.FromSeconds(30), Cancel)).DisposeAsync();
    }

    private static ValueTask<PlanOutcome> Never(IReadSession session, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The plan should have held.");

    [Fact]
    public async Task What_others_have_committed_is_found_by_the_index_however_long_the_log_is()
    {
        await _catalog.OpenAsync();
        await NumberAsync(
            """
            INSERT INTO commit_log (n, first_seq, count, save_id, time, registry_version, actor, channel, headers, writes, shortens, log)
            SELECT n, n, 1, gen_random_uuid(), 0, 0, '', '', '{}', '', false, '' FROM generate_series(1, 20000) n;
            ANALYZE commit_log;
            """);
        await using var sources = ConnectionSources.Of(new PostgresStoreOptions { ConnectionString = _catalog.ConnectionString });
        await using var connection = await sources.Writer.OpenConnectionAsync(Cancel);
        await using (var prepare = new NpgsqlCommand($"PREPARE since (bigint, bigint) AS {PostgresWriteTurn.CommitsSince}", connection))
        {
            await prepare.ExecuteNonQueryAsync(Cancel);
        }

        var plan = new List<string>();
        await using var explain = new NpgsqlCommand("EXPLAIN EXECUTE since (19999, 19999)", connection);
        await using var reader = await explain.ExecuteReaderAsync(Cancel);
        while (await reader.ReadAsync(Cancel))
        {
            plan.Add(reader.GetString(0));
        }

        plan.Count(line => line.Contains("Index Cond: (n ", StringComparison.Ordinal)).ShouldBe(2, string.Join('\n', plan));
        plan.ShouldNotContain(line => line.Contains("Filter:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_starts_waits_for_one_that_prepares_the_database_as_long_as_it_takes()
    {
        await using var schema = await PostgresCatalog.CreateAsync(cluster);
        var hurried = new PostgresStoreOptions { ConnectionString = schema.ConnectionString, StatementSeconds = 1 };
        await using var preparing = new NpgsqlConnection($"{schema.ConnectionString};Pooling=false");
        await preparing.OpenAsync(Cancel);
        await using var begin = new NpgsqlCommand($"BEGIN; {SchemaMigrator.TakeTurn}", preparing);
        await begin.ExecuteNonQueryAsync(Cancel);

        var opening = schema.OpenAsync(options: hurried);
        await Task.WhenAny(opening, Task.Delay(TimeSpan.FromSeconds(8), Cancel));
        opening.IsCompleted.ShouldBeFalse();
        await using var end = new NpgsqlCommand("ROLLBACK", preparing);
        await end.ExecuteNonQueryAsync(Cancel);

        (await opening).Head.Commit.Value.ShouldBe(0);
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{_catalog.ConnectionString};Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancel));
    }
}
