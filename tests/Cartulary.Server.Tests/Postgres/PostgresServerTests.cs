using System.Text.Json;
using Cartulary.Server.Tests.Endpoints;
using Cartulary.Server.Tests.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Server.Tests.Postgres;

/// <summary>Servers on one PostgreSQL database, as their clients meet them.</summary>
public sealed class PostgresServerTests(PostgresCluster cluster) : IAsyncLifetime
{
    private PostgresSchema _schema = null!;
    private Host _first = null!;
    private Host _second = null!;

    public async ValueTask InitializeAsync()
    {
        _schema = await cluster.NewSchemaAsync(TestContext.Current.CancellationToken);
        _first = await StartAsync(_schema.ConnectionString);
        _second = await StartAsync(_schema.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        await _schema.DisposeAsync();
    }

    [Fact]
    public async Task What_one_server_saves_another_reads_and_tells()
    {
        var guid = Created(await _first.SaveAsync(Table("one")));

        (await _second.GetAsync($"/api/meta/entity/guid/{guid}"))["entity"].GetProperty("attributes").GetProperty("name").GetString().ShouldBe("one");
        var page = await _second.GetAsync("/api/events?after=0");
        page["events"].EnumerateArray().ShouldHaveSingleItem().GetProperty("envelope").GetProperty("message").GetProperty("entity").GetProperty("guid").GetString().ShouldBe(guid);
    }

    [Fact]
    public async Task A_save_that_is_known_to_change_nothing_is_compared_again_after_another_server_changed_the_asset()
    {
        await _first.SaveAsync(Table("one"));
        Updated(await _first.SaveAsync(Table("one"))).ShouldBe(0);
        Updated(await _first.SaveAsync(Table("one"))).ShouldBe(0);

        Updated(await _second.SaveAsync(Table("two"))).ShouldBe(1);

        Updated(await _first.SaveAsync(Table("one"))).ShouldBe(1);
    }

    [Fact]
    public async Task Settings_of_one_server_hold_for_the_next_save_of_another()
    {
        await _first.SaveAsync(Table("one", "run 1"));
        await _second.SaveAsync(Table("one", "run 1"));

        await IgnoreAsync(_first, "lastSyncRun");
        Updated(await _second.SaveAsync(Table("one", "run 2"))).ShouldBe(0);
        Updated(await _second.SaveAsync(Table("one", "run 2"))).ShouldBe(0);

        await IgnoreAsync(_first);
        Updated(await _second.SaveAsync(Table("one", "run 2"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_that_waits_on_one_server_gets_what_another_commits()
    {
        var waiting = _second.GetAsync("/api/events?after=0&wait=20");
        await _second.WaitForWaiterAsync();

        await _first.SaveAsync(Table("one"));

        (await waiting)["events"].GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_place_that_one_server_gave_is_known_to_another_that_has_not_heard_of_it_yet()
    {
        await using var late = await StartAsync(_schema.ConnectionString, "--Storage:PollMilliseconds=10000", "--Webhooks:AllowPrivateNetworks=true");

        await SaveSomeAsync(1);
        await using var stream = await EventReader.OpenAsync(late, lastEventId: "1");

        await SaveSomeAsync(1);
        var page = (await _first.GetAsync("/api/events/snapshot?limit=1"))["page"].GetString();
        (await late.GetAsync($"/api/events/snapshot?page={page}")).Status.ShouldBe(200);

        await SaveSomeAsync(1);
        var webhook = await late.SendAsync(HttpMethod.Post, "/api/webhooks", """{"name":"w","url":"http://127.0.0.1:9","format":"cloudevents","startAt":3}""");
        webhook.Status.ShouldBe(200);

        await SaveSomeAsync(1);
        (await late.SendAsync(HttpMethod.Post, $"/api/webhooks/{webhook["id"].GetString()}/replay", """{"after":4}""")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_type_that_was_made_at_one_server_can_be_named_at_another_that_has_not_heard_of_it_yet()
    {
        await using var late = await StartAsync(_schema.ConnectionString, "--Storage:PollMilliseconds=10000", "--Webhooks:AllowPrivateNetworks=true");

        await DefineAsync(_first, "One");
        (await late.GetAsync("/api/events?typeName=One")).Status.ShouldBe(200);

        await DefineAsync(_first, "Two");
        (await late.GetAsync("/api/events/snapshot?typeName=Two")).Status.ShouldBe(200);

        await DefineAsync(_first, "Three");
        var webhook = """{"name":"w","url":"http://127.0.0.1:9","format":"cloudevents","typeNames":["Three"]}""";
        (await late.SendAsync(HttpMethod.Post, "/api/webhooks", webhook)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_stream_ends_where_another_log_takes_the_place_of_its_own()
    {
        await SaveSomeAsync(3);
        await using var stream = await EventReader.OpenAsync(_second, "after=0");
        (await stream.IdsAsync(3)).ShouldBe(["1", "2", "3"]);

        await LoseLastAsync();
        await SaveSomeAsync(3);

        (await stream.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_reader_that_waits_is_told_when_another_log_takes_the_place_of_the_one_it_names()
    {
        await SaveSomeAsync(3);
        var log = (await _second.GetAsync("/api/events?after=3"))["log"].GetString();
        var named = _second.GetAsync($"/api/events?after=3&wait=20&log={log}");
        var nameless = _second.GetAsync("/api/events?after=3&wait=20");
        await _second.WaitForWaiterAsync(2);

        await LoseLastAsync();
        await SaveSomeAsync(3);

        ((await named).Status, (await named).Code).ShouldBe((409, "CARTULARY-409-00-001"));
        var page = await nameless;
        if (page.Status == 200)
        {
            page["log"].GetString().ShouldNotBe(log);
            page["events"].GetArrayLength().ShouldBe(0);
        }
    }

    [Fact]
    public async Task While_the_database_is_away_requests_can_be_sent_again_later_and_the_server_recovers_by_itself()
    {
        await using var database = await PostgresServer.StartNewAsync(isDurable: false, TestContext.Current.CancellationToken);
        await using var host = await StartAsync(database.ConnectionString);
        var guid = Created(await host.SaveAsync(Table("one")));

        await database.StopImmediatelyAsync();
        foreach (var path in new[] { $"/api/meta/entity/guid/{guid}", "/api/events?after=0", "/api/settings" })
        {
            ShouldBeAway(await host.GetAsync(path));
        }

        ShouldBeAway(await host.SaveAsync(Table("two")));
        var ready = await host.GetAsync("/health/ready");
        ready.Status.ShouldBe(503);
        ready.Body.GetRawText().ShouldContain("the database cannot be used");
        (await host.GetAsync("/health/live")).Status.ShouldBe(200);

        await database.StartAsync(TestContext.Current.CancellationToken);
        while ((await host.GetAsync("/health/ready")).Status != 200)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Updated(await host.SaveAsync(Table("three"))).ShouldBe(1);
        (await host.GetAsync("/api/events?after=0"))["events"].GetArrayLength().ShouldBe(2);
    }

    private async Task SaveSomeAsync(int count)
    {
        for (var number = 0; number < count; number++)
        {
            (await _first.SaveAsync($$"""{"typeName":"Table","attributes":{"qualifiedName":"{{Guid.NewGuid()}}","name":"t"} }""")).Status.ShouldBe(200);
        }
    }

    /// <summary>Takes the newest commit away, which created one asset, as a failover does that loses it.</summary>
    private Task LoseLastAsync() => _schema.RunAsync(
        """
        DELETE FROM key WHERE asset = (SELECT asset FROM head); DELETE FROM revision WHERE id = (SELECT revision FROM head);
        DELETE FROM asset WHERE id = (SELECT asset FROM head); DELETE FROM commit_log WHERE n = (SELECT n FROM head);
        UPDATE head SET n = n - 1, sequence = sequence - 1, asset = asset - 1, revision = revision - 1,
            save_id = (SELECT save_id FROM commit_log WHERE n = head.n - 1)
        """,
        TestContext.Current.CancellationToken);

    private static Task<Host> StartAsync(string database, params string[] settings) =>
        Host.StartAsync(["--Storage:Provider=postgres", $"--ConnectionStrings:Cartulary={database}", .. settings]);

    private static void ShouldBeAway(Answer answer)
    {
        (answer.Status, answer.Code).ShouldBe((503, "ATLAS-503-00-001"));
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static async Task IgnoreAsync(Host host, params string[] names) =>
        (await host.SendAsync(HttpMethod.Put, "/api/settings", $$"""{"ignoredAttributes": {{JsonSerializer.Serialize(names)}} }""")).Status.ShouldBe(200);

    private static async Task DefineAsync(Host host, string name)
    {
        var types = $$"""{"entityDefs":[{"category":"ENTITY","name":"{{name}}","superTypes":["Asset"],"attributeDefs":[]}]}""";
        (await host.SendAsync(HttpMethod.Post, "/api/meta/types/typedefs", types)).Status.ShouldBe(200);
    }

    private static string Table(string name, string run = "run") =>
        $$$"""{"typeName":"Table","attributes":{"qualifiedName":"default/t","name":"{{{name}}}","lastSyncRun":"{{{run}}}"}}""";

    private static string Created(Answer answer) =>
        answer["mutatedEntities"].GetProperty("CREATE").EnumerateArray().ShouldHaveSingleItem().GetProperty("guid").GetString()!;

    private static int Updated(Answer answer)
    {
        answer.Status.ShouldBe(200);
        return answer.Body.TryGetProperty("mutatedEntities", out var changed) && changed.TryGetProperty("UPDATE", out var updated) ? updated.GetArrayLength() : 0;
    }
}
