using Cartulary.Core.Query;
using Cartulary.Server.Hosting;
using Cartulary.Server.Retention;
using Cartulary.Server.Tests.Endpoints;
using Cartulary.Server.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Server.Tests.Retention;

public sealed class TrimmerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_keeps_as_many_events_as_it_is_told_to_by_whole_saves()
    {
        await using var host = await Host.StartAsync("--Retention:Events=3", "--Retention:IntervalSeconds=1", "--Retention:StepRows=2");
        await host.SaveAsync(Entities.Connection);
        await host.SaveAsync(Entities.Table, Entities.Column("id"));
        await host.SaveAsync(Entities.Table.Replace("orders\"", "orders2\"", StringComparison.Ordinal), Entities.Column("name"));

        while ((await host.GetAsync("/api/events"))["oldest"].GetInt64() == 1)
        {
            await Task.Delay(20, Cancel);
        }

        var page = await host.GetAsync("/api/events");
        (page["oldest"].GetInt64(), page["head"].GetInt64()).ShouldBe((2, 5));
        (await VerifyAsync(host)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_are_kept_for_as_many_days_as_was_said()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);
        var clock = new SetClock { Now = DateTimeOffset.FromUnixTimeMilliseconds(host.Catalog.Store.Head.Time) };
        await using var trimmer = new Trimmer(host.Catalog.Store, new RetentionOptions { Days = 7 }, _ => default, clock, NullLogger<Trimmer>.Instance);

        clock.Now += TimeSpan.FromDays(7);
        await trimmer.TrimAsync(Cancel);
        host.Catalog.Store.Head.Oldest.ShouldBe(1);

        clock.Now += TimeSpan.FromMilliseconds(1);
        await trimmer.TrimAsync(Cancel);
        host.Catalog.Store.Head.Oldest.ShouldBe(2);
        (await VerifyAsync(host)).Events.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_trimmed()
    {
        await using var host = await Host.StartAsync("--Retention:IntervalSeconds=1");
        await host.SaveAsync(Entities.Connection);

        host.Catalog.Store.Head.Oldest.ShouldBe(1);
        new RetentionOptions().ForLog().IsLimited.ShouldBeFalse();
    }

    private static Task<Verification> VerifyAsync(Host host) =>
        new Verifier(host.Catalog.Store, host.Catalog.Types, host.Catalog.Feed).VerifyAsync(progress: null, Cancel);

    /// <summary>Tells the time that a test sets; its timers are real ones.</summary>
    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
