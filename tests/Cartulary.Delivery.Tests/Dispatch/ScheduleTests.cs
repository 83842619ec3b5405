using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Dispatch;

namespace Cartulary.Delivery.Tests.Dispatch;

public sealed class ScheduleTests
{
    private static readonly Guid One = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Two = new("00000000-0000-0000-0000-000000000002");
    private static readonly Guid Three = new("00000000-0000-0000-0000-000000000003");
    private static readonly AttemptResult ServerError = new(AttemptClass.Status, 500);
    private readonly DeliveryPolicy _policy = new() { Jitter = 0 };
    private long _now = 1_000_000;

    [Fact]
    public void Events_of_one_asset_go_one_after_another()
    {
        var schedule = Begin((1, One), (2, One));

        var first = Start(schedule);

        schedule.TryStart(_now).ShouldBeNull();
        schedule.Complete(first, AttemptResult.Delivered, _now);
        Start(schedule).Sequence.ShouldBe(2);
    }

    [Fact]
    public void Another_asset_does_not_wait()
    {
        var schedule = Begin((1, Two), (2, One), (3, One), (4, Two));
        Deliver(schedule);

        Start(schedule).Sequence.ShouldBe(2);
        Start(schedule).Sequence.ShouldBe(4);
    }

    [Fact]
    public void The_position_follows_the_first_unsettled_event()
    {
        var schedule = Begin((1, One), (2, One), (3, Two));
        Deliver(schedule);
        var other = Start(schedule);
        var slow = Start(schedule);

        schedule.Complete(other, AttemptResult.Delivered, _now);
        schedule.Position.ShouldBe(1);
        schedule.Complete(slow, AttemptResult.Delivered, _now);
        schedule.Position.ShouldBe(3);
    }

    [Fact]
    public void A_failing_event_is_tried_again_by_the_schedule_while_its_asset_waits()
    {
        var schedule = Begin((1, Two), (2, One), (3, One));
        Deliver(schedule);
        Fail(schedule, ServerError);

        schedule.TryStart(_now).ShouldBeNull();
        schedule.NextDue.ShouldBe(_now + 5_000);
        _now += 5_000;
        var again = Start(schedule);
        (again.Sequence, again.Number).ShouldBe((2, 2));
    }

    [Fact]
    public void An_event_that_fails_while_others_get_through_is_parked_and_the_position_passes_it()
    {
        var schedule = Begin((1, One), (2, One));
        FailInLane(schedule);

        schedule.Position.ShouldBeGreaterThanOrEqualTo(2);
        schedule.ParkedCount.ShouldBe(2);
        var changes = schedule.TakeChanges();
        changes.Parked.Select(parked => (parked.Sequence, parked.Attempts)).ShouldBe([(1, 4), (2, 0)]);
    }

    [Fact]
    public void Later_events_of_a_parked_asset_park_behind_it()
    {
        var schedule = Begin((1, One));
        FailInLane(schedule);

        schedule.Offer(new PendingEvent(schedule.Examined + 1, One, 10));

        schedule.ParkedCount.ShouldBe(2);
        schedule.Position.ShouldBe(schedule.Examined);
    }

    [Fact]
    public void A_parked_event_that_gets_through_frees_the_next_of_its_asset()
    {
        var schedule = Begin((1, One), (2, One));
        FailInLane(schedule);
        _now += 600_000;

        Deliver(schedule).Sequence.ShouldBe(1);
        Deliver(schedule).Sequence.ShouldBe(2);

        schedule.ParkedCount.ShouldBe(0);
        schedule.TakeChanges().Unparked.ShouldBe([1, 2]);
    }

    [Fact]
    public void A_parked_event_becomes_a_dead_letter_after_twelve_attempts_and_its_asset_goes_on()
    {
        var schedule = Begin((1, One), (2, One));
        var start = _now;
        FailInLane(schedule);

        for (var attempt = 5; attempt <= 12; attempt++)
        {
            _now = schedule.NextDue!.Value;
            Fail(schedule, ServerError).Number.ShouldBe(attempt);
        }

        schedule.TakeChanges().DeadLetters.ShouldHaveSingleItem().Sequence.ShouldBe(1);
        (_now - start).ShouldBeInRange(70 * 3_600_000L, 72 * 3_600_000L);
        Start(schedule).Sequence.ShouldBe(2);
    }

    [Fact]
    public void A_parked_event_that_is_gone_is_given_up_and_its_asset_goes_on()
    {
        var schedule = Begin((1, One), (2, One));
        FailInLane(schedule);
        schedule.TakeChanges();
        _now = schedule.NextDue!.Value;

        schedule.Lose(Start(schedule), _now);

        var changes = schedule.TakeChanges();
        changes.DeadLetters.ShouldHaveSingleItem().Reason.ShouldContain("trimmed");
        changes.Unparked.ShouldBe([1]);
        Start(schedule).Sequence.ShouldBe(2);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public void A_refused_event_is_parked_after_its_second_attempt(int status)
    {
        var schedule = Begin((1, One));
        Fail(schedule, new AttemptResult(AttemptClass.Status, status));
        schedule.ParkedCount.ShouldBe(0);
        _now += 5_000;

        Fail(schedule, new AttemptResult(AttemptClass.Status, status));

        schedule.ParkedCount.ShouldBe(1);
    }

    [Fact]
    public void Five_failures_in_a_row_open_the_breaker_and_nothing_is_parked()
    {
        var schedule = Begin((1, One));
        while (!schedule.IsOpen)
        {
            Fail(schedule, ServerError);
            _now = Math.Max(_now, schedule.NextDue ?? _now);
        }

        schedule.ParkedCount.ShouldBe(0);
        schedule.Position.ShouldBe(0);
        Start(schedule).IsProbe.ShouldBeTrue();
        schedule.TryStart(_now).ShouldBeNull();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(429)]
    public void One_answer_that_speaks_of_the_endpoint_opens_the_breaker(int status)
    {
        var schedule = Begin((1, One));

        Fail(schedule, new AttemptResult(AttemptClass.Status, status));

        schedule.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void What_the_receiver_asks_for_is_observed_and_not_less_than_the_schedule()
    {
        var schedule = Begin((1, One));

        Fail(schedule, new AttemptResult(AttemptClass.Status, 429, RetryAfter: 600_000));

        schedule.NextDue.ShouldBe(_now + 600_000);
    }

    [Fact]
    public void Nobody_can_ask_for_more_than_a_day()
    {
        var schedule = Begin((1, One));

        Fail(schedule, new AttemptResult(AttemptClass.Status, 503, RetryAfter: long.MaxValue));

        schedule.NextDue.ShouldBe(_now + (24 * 3_600_000L));
    }

    [Fact]
    public void Probes_rotate_over_the_assets_so_that_one_poison_event_holds_nobody()
    {
        var schedule = Begin((1, One), (2, Two));
        Fail(schedule, new AttemptResult(AttemptClass.Status, 401));
        _now = schedule.NextDue!.Value;
        var first = Fail(schedule, ServerError);
        _now = schedule.NextDue!.Value;

        var second = Deliver(schedule);

        second.Asset.ShouldNotBe(first.Asset);
        schedule.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void An_endpoint_that_is_gone_is_disabled_at_once_and_resumes_where_it_was()
    {
        var schedule = Begin((1, One));
        Fail(schedule, new AttemptResult(AttemptClass.Status, 410));
        schedule.Condition.Disabled.ShouldBe(DisabledReason.Gone);
        schedule.TryStart(_now + 999_999_999).ShouldBeNull();
        schedule.NextDue.ShouldBeNull();

        Start(Resumed(schedule, (1, One))).Sequence.ShouldBe(1);
    }

    [Fact]
    public void An_endpoint_that_fails_for_five_days_is_disabled_and_nothing_is_given_up()
    {
        var schedule = Begin((1, One));
        var start = _now;
        while (schedule.Condition.Disabled is null)
        {
            Fail(schedule, ServerError);
            _now = Math.Max(_now, schedule.NextDue ?? _now);
        }

        schedule.Condition.Disabled.ShouldBe(DisabledReason.Failing);
        (_now - start).ShouldBeInRange(120 * 3_600_000L, 122 * 3_600_000L);
        var stored = schedule.TakeChanges();
        stored.DeadLetters.ShouldBeEmpty();
        schedule = Resumed(stored, (1, One));
        Deliver(schedule).Sequence.ShouldBe(1);
        schedule.Position.ShouldBe(1);
    }

    [Fact]
    public void A_receiver_that_fails_is_told_of_after_a_quarter_of_an_hour_once_and_when_it_is_back()
    {
        var schedule = Begin((1, One));
        var begun = _now;
        Fail(schedule, new AttemptResult(AttemptClass.Status, 503, RetryAfter: 3_600_000));
        schedule.Tell(_now + 899_999);
        schedule.TakeChanges().Notices.ShouldBeEmpty();

        schedule.Tell(_now + 900_000);
        schedule.Tell(_now + 900_001);
        var told = schedule.TakeChanges();
        told.Notices.ShouldBe([new DeliveryNotice(NoticeKind.Failing, begun + 900_000) { Since = begun, Reason = "the receiver answered 503" }]);

        var again = new Schedule(_policy, 8, told.Position, told.Condition, told.Parked, () => 0.5);
        again.Offer(new PendingEvent(1, One, 10));
        _now += 3_600_000;
        again.Tell(_now);
        Deliver(again);
        again.TakeChanges().Notices.ShouldBe([new DeliveryNotice(NoticeKind.Recovered, _now) { Since = begun }]);
    }

    [Fact]
    public void A_receiver_that_is_back_within_that_time_is_not_told_of()
    {
        var schedule = Begin((1, One));
        Fail(schedule, new AttemptResult(AttemptClass.Status, 401));
        _now += 800_000;
        schedule.Tell(_now);
        Deliver(schedule);
        _now += 900_000;
        schedule.Tell(_now);

        schedule.TakeChanges().Notices.ShouldBeEmpty();
    }

    [Fact]
    public void That_it_is_disabled_is_told_once_also_when_several_answers_say_so()
    {
        var gone = new AttemptResult(AttemptClass.Status, 410);
        var schedule = Begin((1, Three), (2, One), (3, Two));
        Deliver(schedule);
        var (first, second) = (Start(schedule), Start(schedule));

        schedule.Complete(first, gone, _now);
        schedule.Complete(second, gone, _now + 1);

        var notice = schedule.TakeChanges().Notices.ShouldHaveSingleItem();
        (notice.Kind, notice.Since, notice.Reason).ShouldBe((NoticeKind.Disabled, _now, "GONE: the receiver answered 410"));
    }

    [Fact]
    public void That_its_place_has_expired_is_told_once()
    {
        var schedule = Begin((7, One));
        schedule.TellExpired(_now);
        schedule.TellExpired(_now + 1);

        schedule.TakeChanges().Notices.ShouldBe([new DeliveryNotice(NoticeKind.Expired, _now) { Sequence = 6 }]);
    }

    [Fact]
    public void A_notice_that_could_not_be_stored_is_not_lost()
    {
        var schedule = Begin((7, One));
        schedule.TellExpired(_now);
        var lost = schedule.TakeChanges();

        schedule.PutBack(lost);

        schedule.TakeChanges().Notices.ShouldBe(lost.Notices);
    }

    [Fact]
    public void A_breaker_survives_a_restart()
    {
        var schedule = Begin((1, One));
        Fail(schedule, new AttemptResult(AttemptClass.Status, 401));
        var stored = schedule.TakeChanges();

        var again = new Schedule(_policy, 8, stored.Position, stored.Condition, stored.Parked, () => 0.5);
        again.Offer(new PendingEvent(1, One, 10));

        again.TryStart(_now).ShouldBeNull();
        again.NextDue.ShouldBe(schedule.NextDue);
    }

    [Fact]
    public void Nothing_is_sent_while_too_much_is_not_stored()
    {
        var schedule = Begin([.. Enumerable.Range(1, 20).Select(sequence => ((long)sequence, Two))], _policy with { UnsavedMax = 10 });
        for (var sent = 0; sent < 10; sent++)
        {
            Deliver(schedule);
        }

        schedule.TryStart(_now).ShouldBeNull();
        var taken = schedule.TakeChanges();
        schedule.TryStart(_now).ShouldBeNull("what is being stored is not stored");
        schedule.PutBack(taken);
        schedule.TryStart(_now).ShouldBeNull();
        schedule.TakeChanges();
        schedule.Stored();
        Start(schedule).Sequence.ShouldBe(11);
    }

    [Fact]
    public void The_window_is_bounded()
    {
        var schedule = new Schedule(_policy with { WindowEvents = 2 }, 8, 0, EndpointCondition.Unknown, [], () => 0.5);
        schedule.Offer(new PendingEvent(1, One, 10));
        schedule.WantsMore.ShouldBeTrue();
        schedule.Offer(new PendingEvent(2, One, 10));
        schedule.WantsMore.ShouldBeFalse();

        Deliver(schedule);

        schedule.WantsMore.ShouldBeTrue();
    }

    [Fact]
    public void What_could_not_be_stored_is_taken_back()
    {
        var schedule = Begin((1, One));
        FailInLane(schedule);
        var lost = schedule.TakeChanges();
        schedule.HasChanges.ShouldBeFalse();

        schedule.PutBack(lost);

        schedule.TakeChanges().Parked.ShouldBe(lost.Parked);
    }

    private Schedule Begin(params (long Sequence, Guid Asset)[] events) => Begin(events, _policy);

    private static Schedule Begin((long Sequence, Guid Asset)[] events, DeliveryPolicy policy)
    {
        var schedule = new Schedule(policy, 8, 0, EndpointCondition.Unknown, [], () => 0.5);
        foreach (var (sequence, asset) in events)
        {
            schedule.Offer(new PendingEvent(sequence, asset, 10));
        }

        return schedule;
    }

    /// <summary>Whoever resumes begins anew at the stored place, with an endpoint of which nothing is known.</summary>
    private Schedule Resumed(Schedule schedule, params (long Sequence, Guid Asset)[] events) => Resumed(schedule.TakeChanges(), events);

    private Schedule Resumed(ScheduleChanges stored, params (long Sequence, Guid Asset)[] events)
    {
        var schedule = new Schedule(_policy, 8, stored.Position, EndpointCondition.Unknown, stored.Parked, () => 0.5);
        foreach (var (sequence, asset) in events)
        {
            schedule.Offer(new PendingEvent(sequence, asset, 10));
        }

        return schedule;
    }

    private Attempt Start(Schedule schedule) => schedule.TryStart(_now).ShouldNotBeNull();

    private Attempt Deliver(Schedule schedule)
    {
        var attempt = Start(schedule);
        schedule.Complete(attempt, AttemptResult.Delivered, _now);
        return attempt;
    }

    private Attempt Fail(Schedule schedule, AttemptResult result)
    {
        var attempt = Start(schedule);
        schedule.Complete(attempt, result, _now);
        return attempt;
    }

    /// <summary>Fails asset one four times while asset two gets through.</summary>
    private void FailInLane(Schedule schedule)
    {
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            _now = Math.Max(_now, schedule.NextDue ?? _now);
            Fail(schedule, ServerError).Number.ShouldBe(attempt);
            _now++;
            if (attempt < 4)
            {
                schedule.Offer(new PendingEvent(schedule.Examined + 1, Two, 10));
                Deliver(schedule).Asset.ShouldBe(Two);
            }
        }
    }
}
