using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Core.Types;
using Cartulary.Storage.Postgres;
using Cartulary.Testing;
using Cartulary.Testing.Postgres;

namespace Cartulary.Storage.Tests.Postgres;

/// <summary>A database that is set back to a backup while a server runs: what was known of the log that is lost is known no more.</summary>
public sealed class SetBackTests(PostgresCluster cluster) : IAsyncLifetime
{
    private PostgresCatalog _catalog = null!;
    private PostgresCatalogStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _catalog = await PostgresCatalog.CreateAsync(cluster);
        _store = await _catalog.OpenAsync();
    }

    public ValueTask DisposeAsync() => _catalog.DisposeAsync();

    [Fact]
    public async Task Types_that_were_lost_are_not_taken_for_those_that_are_made_in_their_place()
    {
        var types = await TypeRegistrySource.OpenAsync(_store, new TypesDef(), PlanBuilder.Saver("types"), TimeProvider.System, Guid.CreateVersion7, Cancel);
        await _catalog.KeepCopyAsync();
        var lost = await types.DefineAsync(_store, new TypesDef { EnumDefs = [new EnumDef { Name = "Lost" }] });
        await _catalog.PutCopyBackAsync();

        var registry = await types.DefineAsync(_store, new TypesDef { EnumDefs = [new EnumDef { Name = "Instead" }] });

        registry.Version.ShouldBe(lost.Version);
        registry.Stored.Select(type => type.Definition.Name).ShouldBe(["Instead"]);
        types.Newest.ShouldBeSameAs(registry);
    }

    [Fact]
    public async Task A_backup_that_is_put_back_once_more_makes_another_log_each_time()
    {
        await SaveAsync("kept");
        var logs = new List<Guid> { _store.Head.LogId };
        await _catalog.KeepCopyAsync();
        for (var round = 0; round < 3; round++)
        {
            await SaveAsync($"lost {round}");
            await _catalog.PutCopyBackAsync();
            await SaveAsync($"instead {round}");
            logs.Add(_store.Head.LogId);
        }

        logs.ShouldBeUnique();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_an_operator_gave_a_new_id_has_what_was_delivered_of_it_before(bool isStoppedMeanwhile)
    {
        await SaveAsync("kept");
        var old = _store.Head.LogId;
        await _store.Deliveries.AddAsync(new SubscriptionRow("hook", Shard: 0, Revision: 1, Generation: 1, Start: 1, old, "{}"u8.ToArray()), most: 1, Cancel);
        await _store.Deliveries.AddSinkAsync(new SinkRow("kafka", Revision: 1, old, Position: 1, "topic", Partitions: 3, Accepted: null, Trouble: null), Cancel);
        await _catalog.RunAsync("INSERT INTO dead_letter VALUES ('hook', 1, gen_random_uuid(), 1, 1, 'refused')");
        await _catalog.RunAsync("UPDATE head SET log_id = gen_random_uuid()");

        _store = isStoppedMeanwhile ? await _catalog.OpenAsync() : _store;
        await SaveAsync("new");

        var log = _store.Head.LogId;
        log.ShouldNotBe(old);
        (await _store.Deliveries.FindSinkAsync("kafka", Cancel)).ShouldBe(
            new SinkRow("kafka", Revision: 2, log, Position: 1, "topic", Partitions: 3, Accepted: null, Trouble: null));
        var hook = (await _store.Deliveries.FindAsync("hook", Cancel)).ShouldNotBeNull();
        (hook.Current.Log, hook.Current.Position, hook.Row.Generation, hook.DeadLetters).ShouldBe((log, 1, 2, 1));
    }

    private async Task SaveAsync(string name) => (await _store.CommitAsync(
        new PlanBuilder(_store.Head).Create(name).Build(),
        (session, _) => new(new PlanOutcome.Planned(new PlanBuilder(session.Head).Create(name).Build())),
        Cancel)).ShouldBeOfType<CommitOutcome.Committed>();
}
