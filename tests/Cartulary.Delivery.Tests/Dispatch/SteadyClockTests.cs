using Cartulary.Core.Ports;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Dispatch;
using Cartulary.Delivery.Subscriptions;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Delivery.Tests.Dispatch;

/// <summary>Somebody sets the clock of the machine by a day while events wait to be sent again.</summary>
public sealed class SteadyClockTests
{
    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;
    private static readonly AttemptResult Unavailable = new(AttemptClass.Status, 503, RetryAfter: 60_000);
    private readonly SetClock _machine = new();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void What_is_due_stays_due_and_is_stored_by_the_clock_of_the_machine(int days)
    {
        var clock = new SteadyClock(_machine);
        var runner = Begin(clock, EndpointCondition.Unknown);
        runner.Schedule.Offer(new PendingEvent(1, Guid.Empty, 10));
        var attempt = runner.Schedule.TryStart(clock.Now).ShouldNotBeNull();
        runner.Schedule.Complete(attempt, Unavailable, clock.Now);
        var begun = clock.Shown;

        _machine.Set(days * Day);
        _machine.Advance(TimeSpan.FromSeconds(59));
        runner.Schedule.TryStart(clock.Now).ShouldBeNull();
        var stored = runner.TakeCheckpoint(new DispatchLimits()).Checkpoint.State.Condition;
        _machine.Advance(TimeSpan.FromSeconds(1));

        stored.FailingSince.ShouldBe(begun + (days * Day));
        stored.NextAttempt.ShouldBe(clock.Shown);
        runner.Schedule.TryStart(clock.Now).ShouldNotBeNull();
        var again = Begin(clock, stored);
        again.Schedule.Offer(new PendingEvent(1, Guid.Empty, 10));
        again.Schedule.TryStart(clock.Now).ShouldNotBeNull("who loads it again knows when it is due");
        again.Schedule.Condition.FailingSince.ShouldBe(begun);
    }

    [Fact]
    public void Parked_events_and_notices_are_stored_by_the_clock_of_the_machine()
    {
        var clock = new SteadyClock(_machine);
        var now = clock.Now;
        _machine.Set(Day);

        clock.ToShown([new ParkedEvent(1, Guid.Empty, 2, now), new ParkedEvent(2, Guid.Empty, 0, Due: null)]).Select(row => row.Due).ShouldBe([now + Day, null]);
        clock.FromShown([new ParkedEvent(1, Guid.Empty, 2, now + Day)]).Single().Due.ShouldBe(now);
        clock.ToShown([new DeadLetter(1, Guid.Empty, 2, now, "")]).Single().Time.ShouldBe(now + Day);
        clock.ToShown([new DeliveryNotice(NoticeKind.Failing, now) { Since = now }]).Single().ShouldBe(new DeliveryNotice(NoticeKind.Failing, now + Day) { Since = now + Day });
    }

    private static Runner Begin(SteadyClock clock, EndpointCondition condition)
    {
        var log = Guid.CreateVersion7();
        var wanted = new Subscription { Name = "hook", Url = new Uri("https://example.com/"), Format = WebhookFormat.CloudEvents, Created = 0, CreatedBy = "", Secrets = [] };
        var row = new SubscriptionRow("one", 0, 1, 1, 0, log, SubscriptionDocument.Write(wanted));
        var head = new CatalogHead(log, new CommitNumber(1), Sequence: 1, Oldest: 1, RegistryVersion: 1, Time: 0);
        return new Runner(
            new LoadedSubscription(row, new DeliveryState(1, log, 0, condition), []),
            new OpenedSubscription(wanted, [], []),
            static (_, _, _) => throw new InvalidOperationException("nothing is read here"),
            head,
            new DeliveryPolicy { Jitter = 0 },
            clock,
            () => 0.5);
    }

    private sealed class SetClock : FakeTimeProvider
    {
        private long _ahead;

        public void Set(long ahead) => _ahead = ahead;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMilliseconds(_ahead);

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
