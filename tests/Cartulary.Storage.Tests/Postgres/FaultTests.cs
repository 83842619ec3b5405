using Cartulary.Core.Ports;
using Cartulary.Storage.Postgres;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>A database that cuts connections, is away, or comes back with less: nothing acknowledged is lost, nothing is half done.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private PostgresCatalogStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private PostgresStoreOptions Options => new() { ConnectionString = _server.ConnectionString, ConnectSeconds = 2, LockSeconds = 3, IdleWriterSeconds = 2 };

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartNewAsync(isDurable: true, Cancel);
        _store = await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Connections_that_are_cut_again_and_again_lose_and_double_nothing()
    {
        using var cutting = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var cutter = CutAsync(cutting.Token);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(saver => SaveAsync(saver, saves: 20)));
        await cutting.CancelAsync();
        await cutter;

        await ShouldHoldExactlyAsync(outcomes.SelectMany(names => names).ToHashSet());
    }

    [Fact]
    public async Task A_restart_of_the_database_in_the_middle_of_saves_loses_nothing()
    {
        var saving = Task.WhenAll(Enumerable.Range(0, 4).Select(saver => SaveAsync(saver, saves: 200)));
        for (var round = 0; round < 3; round++)
        {
            await Task.Delay(200, Cancel);
            await _server.StopImmediatelyAsync();
            await _server.StartAsync(Cancel);
        }

        await ShouldHoldExactlyAsync((await saving).SelectMany(names => names).ToHashSet());
    }

    [Fact]
    public async Task A_database_that_is_away_turns_reads_and_saves_away_and_is_found_again()
    {
        await CreateAsync("before");
        await _server.StopImmediatelyAsync();

        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.ReadAsync(Cancel));
        await Should.ThrowAsync<StoreUnavailableException>(() => CreateAsync("away"));
        await Should.ThrowAsync<StoreUnavailableException>(async () => await _store.Keys.ListAsync(Cancel));

        await _server.StartAsync(Cancel);
        await CreateAsync("after");
        await ShouldHoldExactlyAsync(["before", "after"]);
    }

    [Fact]
    public async Task A_server_that_freezes_while_it_holds_the_head_is_cut_off()
    {
        await using var frozen = new NpgsqlConnection($"{_server.ConnectionString};Pooling=false;Options=-c idle_in_transaction_session_timeout=2s");
        await frozen.OpenAsync(Cancel);
        await using var locking = new NpgsqlCommand("BEGIN; SELECT n FROM head FOR UPDATE", frozen);
        await locking.ExecuteNonQueryAsync(Cancel);

        await CreateAsync("a").WaitAsync(TimeSpan.FromSeconds(12), Cancel);

        (await Should.ThrowAsync<NpgsqlException>(() => locking.ExecuteNonQueryAsync(Cancel))).SqlState.ShouldBe("25P03");
        await ShouldHoldExactlyAsync(["a"]);
    }

    [Fact]
    public async Task A_log_that_has_lost_its_end_gets_another_name()
    {
        await CreateAsync("kept");
        await CreateAsync("lost");
        var log = _store.Head.LogId;
        await LoseLastAsync();

        await using (var session = await _store.ReadAsync(Cancel))
        {
            session.Head.LogId.ShouldNotBe(log);
            session.Head.Commit.ShouldBe(new CommitNumber(1));
        }

        _store.Head.LogId.ShouldNotBe(log);
        await CreateAsync("new");
        await ShouldHoldExactlyAsync(["kept", "new"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_has_only_read_what_was_lost_gives_the_log_another_name(bool readsFirst)
    {
        await CreateAsync("kept");
        await using var reader = await OpenAsync();
        await CreateAsync("lost");
        await (await reader.ReadAsync(Cancel)).DisposeAsync();
        var (log, builtOnLost) = (reader.Head.LogId, new PlanBuilder(reader.Head).Create("built on what was lost").Build());
        await _store.DisposeAsync();
        await LoseLastAsync();

        if (readsFirst)
        {
            await (await reader.ReadAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel)).DisposeAsync();
            reader.Head.LogId.ShouldNotBe(log);
        }

        var outcome = await reader.CommitAsync(
            builtOnLost, (session, _) => new(new PlanOutcome.Planned(new PlanBuilder(session.Head).Create("new").Build())), Cancel);

        outcome.ShouldBeOfType<CommitOutcome.Committed>().Plan.BasedOn.ShouldBe(new CommitNumber(1));
        reader.Head.LogId.ShouldNotBe(log);
        _store = reader;
        await ShouldHoldExactlyAsync(["kept", "new"]);
    }

    [Fact]
    public async Task A_plan_made_on_what_was_lost_is_made_again_when_another_server_has_noticed_first()
    {
        await CreateAsync("kept");
        await using var reader = await OpenAsync();
        await CreateAsync("lost");
        await CreateAsync("lost too");
        await (await reader.ReadAsync(Cancel)).DisposeAsync();
        var builtOnLost = new PlanBuilder(reader.Head).Create("built on what was lost").Build();
        await LoseLastAsync();
        await LoseLastAsync();
        await CreateAsync("instead");

        var outcome = await reader.CommitAsync(
            builtOnLost, (session, _) => new(new PlanOutcome.Planned(new PlanBuilder(session.Head).Create("new").Build())), Cancel);

        outcome.ShouldBeOfType<CommitOutcome.Committed>().Plan.BasedOn.ShouldBe(new CommitNumber(2));
        await ShouldHoldExactlyAsync(["kept", "instead", "new"]);
    }

    [Theory]
    [InlineData("pg_cancel_backend")]
    [InlineData("pg_terminate_backend")]
    public async Task A_save_is_acknowledged_only_when_the_standby_has_it_whatever_ends_the_waiting(string end)
    {
        const string waits = "FROM pg_stat_activity WHERE application_name = 'cartulary' AND wait_event = 'SyncRep'";
        await CreateAsync("before");
        var trial = await LoseStandbyAsync();
        // A writer that finds its turn free writes on the thread that asks.
        var saving = Task.Run(() => CreateAsync("a"), Cancel);
        var first = await WaitForAsync($"SELECT min(pid) {waits}", saving);

        await RunAsync($"SELECT {end}({first})");
        await WaitForAsync($"SELECT min(pid) {waits} AND pid <> {first}", saving);
        saving.IsCompleted.ShouldBeFalse();

        await SetAsync("synchronous_standby_names = ''");
        await Task.WhenAll(saving, trial);
        await ShouldHoldExactlyAsync(["before", "a"]);
    }

    [Fact]
    public async Task However_the_database_was_set_up_saves_are_forced_to_disk_and_do_not_fail_over_each_other()
    {
        await CreateAsync("before");
        await RunAsync(
            """
            CREATE TABLE seen (level text, durability text);
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN INSERT INTO seen VALUES (current_setting(''transaction_isolation''), current_setting(''synchronous_commit'')); RETURN NEW; END';
            CREATE TRIGGER noting BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION note();
            ALTER ROLE cartulary SET default_transaction_isolation = 'serializable';
            ALTER ROLE cartulary SET synchronous_commit = off
            """);
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(number => CreateAsync(number % 2 == 0 ? one : other, $"a{number}")));

        (await AskAsync("SELECT string_agg(DISTINCT level || ', ' || durability, '; ') FROM seen")).ShouldBe("read committed, on");
        await ShouldHoldExactlyAsync([.. Enumerable.Range(0, 100).Select(number => $"a{number}"), "before"]);
    }

    [Fact]
    public async Task Another_save_in_the_place_of_one_that_was_seen_gives_the_log_another_name()
    {
        await CreateAsync("a");
        await CreateAsync("b");
        var log = _store.Head.LogId;
        await RunAsync("UPDATE commit_log SET save_id = gen_random_uuid() WHERE n = 2");

        await CreateAsync("c");

        _store.Head.LogId.ShouldNotBe(log);
    }

    private Task<PostgresCatalogStore> OpenAsync() =>
        PostgresCatalogStore.OpenAsync(Options, TimeProvider.System, Guid.CreateVersion7, NullLogger<PostgresCatalogStore>.Instance, Cancel);

    /// <summary>Cuts every connection of the store but the cutter's own, again and again.</summary>
    private async Task CutAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection($"{_server.ConnectionString};Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var cut = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cartulary'", connection);
        for (var round = 0; !cancellationToken.IsCancellationRequested; round++)
        {
            await cut.ExecuteNonQueryAsync(Cancel);

            // Waits that fall into step with nothing, so that every statement of a save is met.
            await Task.Delay(2 + (round * 7 % 13), Cancel);
        }
    }

    /// <summary>Saves one asset after another, each again until it is acknowledged, and says what must be there in the end.</summary>
    private async Task<List<string>> SaveAsync(int saver, int saves)
    {
        var names = new List<string>();
        for (var i = 0; i < saves; i++)
        {
            names.Add($"s{saver}-{i}");
            while (!await TryCreateAsync(names[^1]))
            {
                await Task.Delay(50, Cancel);
            }
        }

        return names;
    }

    private async Task<bool> TryCreateAsync(string name)
    {
        try
        {
            await CreateAsync(name);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    /// <summary>Creates an asset unless its name is there.</summary>
    private Task CreateAsync(string name) => CreateAsync(_store, name);

    private static async Task CreateAsync(PostgresCatalogStore store, string name)
    {
        var stale = new PlanBuilder(store.Head).Build() with { RegistryVersion = -1 };
        await store.CommitAsync(
            stale,
            async (session, cancel) => (await session.FindByKeyAsync([PlanBuilder.KeyOf(name)], cancel)).IsEmpty
                ? new PlanOutcome.Planned(new PlanBuilder(session.Head).Create(name).Build())
                : new PlanOutcome.Unchanged(new SaveSummary([], [])),
            Cancel);
    }

    /// <summary>Takes the newest commit away, which created one asset, as a failover does that loses it.</summary>
    private Task LoseLastAsync() => RunAsync(
        """
        DELETE FROM key WHERE asset = (SELECT asset FROM head); DELETE FROM revision WHERE id = (SELECT revision FROM head);
        DELETE FROM asset WHERE id = (SELECT asset FROM head); DELETE FROM commit_log WHERE n = (SELECT n FROM head);
        UPDATE head SET n = n - 1, sequence = sequence - 1, asset = asset - 1, revision = revision - 1,
            save_id = (SELECT save_id FROM commit_log WHERE n = head.n - 1)
        """);

    private async Task SetAsync(string setting)
    {
        await RunAsync($"ALTER SYSTEM SET {setting}");
        await RunAsync("SELECT pg_reload_conf()");
    }

    /// <summary>
    /// Has commits wait for a standby that is away. The server takes up the setting when it comes to it, so something is committed until that waits; it is
    /// the result, and is over when there is no standby to wait for.
    /// </summary>
    private async Task<Task> LoseStandbyAsync()
    {
        await SetAsync("synchronous_standby_names = 'away'");
        while (true)
        {
            var trial = RunAsync("SET application_name = 'trial'; SELECT pg_logical_emit_message(true, 'trial', '')");
            while (!trial.IsCompleted)
            {
                if (await AskAsync("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'trial' AND wait_event = 'SyncRep'") is 1L)
                {
                    return trial;
                }
            }

            await trial;
        }
    }

    /// <summary>Asks until there is an answer; a save that is over meanwhile says that there will be none.</summary>
    private async Task<object> WaitForAsync(string query, Task saving)
    {
        while (true)
        {
            if (await AskAsync(query) is { } answer and not DBNull)
            {
                return answer;
            }

            saving.IsCompleted.ShouldBeFalse(query);
            await Task.Delay(10, Cancel);
        }
    }

    private async Task<object?> AskAsync(string query)
    {
        await using var connection = new NpgsqlConnection($"{_server.ConnectionString};Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(query, connection);
        return await command.ExecuteScalarAsync(Cancel);
    }

    private async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection($"{_server.ConnectionString};Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>The catalog holds these assets, each once, and its log has a commit and an event for each, without gaps.</summary>
    private async Task ShouldHoldExactlyAsync(HashSet<string> names)
    {
        await using var store = await OpenAsync();
        await using var session = await store.ReadAsync(Cancel);
        var stored = await session.ScanAsync(default, int.MaxValue, Cancel);
        stored.Select(asset => asset.State.Find(PlanBuilder.QualifiedName)!.Value.AsText()).Order().ShouldBe(names.Order());
        var log = await session.ReadLogAsync(0, int.MaxValue, Cancel);
        log.Select(commit => commit.FirstSequence).ShouldBe(Enumerable.Range(1, names.Count).Select(number => (long)number));
        log.Select(commit => commit.Commit.Value).ShouldBe(Enumerable.Range(1, names.Count).Select(number => (long)number));
    }
}
