using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Dispatch;
using CsCheck;

namespace Cartulary.Delivery.Tests.Dispatch;

/// <summary>Random logs, receivers and restarts: whatever happens, each event is settled, and those of one asset in order.</summary>
public sealed class ScheduleProperties
{
    private static readonly int[] Statuses = [200, 200, 200, 200, 400, 401, 429, 500, 500, 503];

    private static readonly Gen<(int Assets, int Events, int Seed)> Runs = Gen.Select(Gen.Int[1, 6], Gen.Int[1, 60], Gen.Int[0, int.MaxValue]);

    [Fact]
    public void Every_event_is_delivered_or_a_dead_letter_and_those_of_one_asset_arrive_in_order() =>
        Runs.Sample(run => new Simulation(run.Assets, run.Events, new Random(run.Seed)).Run(), iter: 2_000);

    /// <summary>One subscription with a moody receiver, whose server dies now and then.</summary>
    private sealed class Simulation(int assets, int events, Random random)
    {
        private readonly DeliveryPolicy _policy = new() { WindowEvents = 16, ParkedMax = 1_000, UnsavedMax = 8 };
        private readonly ImmutableArray<Guid> _log = [.. Enumerable.Range(0, events).Select(_ => Asset(random.Next(assets)))];
        private readonly List<long> _received = [];
        private readonly HashSet<long> _dead = [];
        private readonly SortedDictionary<long, ParkedEvent> _parked = [];
        private readonly List<Attempt> _underWay = [];
        private long _position;
        private EndpointCondition _condition = EndpointCondition.Unknown;
        private long _now = 1;

        public void Run()
        {
            var schedule = Load();
            for (var step = 0; _position < events || _parked.Count > 0; step++)
            {
                step.ShouldBeLessThan(20_000, "the schedule stands still");
                schedule = Step(schedule, isMoody: step < 2_000);
            }

            var missing = Enumerable.Range(1, events).Select(sequence => (long)sequence).Except(_received).Except(_dead);
            missing.ShouldBeEmpty();
            foreach (var asset in Enumerable.Range(0, assets).Select(Asset))
            {
                var first = _received.Where(sequence => _log[(int)sequence - 1] == asset).Distinct().ToList();
                first.ShouldBe(first.Order());
            }
        }

        private Schedule Step(Schedule schedule, bool isMoody)
        {
            while (schedule.WantsMore && schedule.Examined < events)
            {
                schedule.Offer(new PendingEvent(schedule.Examined + 1, _log[(int)schedule.Examined], 100));
            }

            switch (random.Next(isMoody ? 12 : 10))
            {
                case < 4 when schedule.TryStart(_now) is { } attempt:
                    _underWay.Exists(other => other.Asset == attempt.Asset).ShouldBeFalse();
                    _underWay.Add(attempt);
                    break;
                case < 7 when _underWay.Count > 0:
                    Finish(schedule, _underWay[random.Next(_underWay.Count)], isMoody);
                    break;
                case < 9:
                    Save(schedule);
                    break;
                case 9:
                    _now = Math.Max(_now + 1, schedule.NextDue ?? 0);
                    break;
                default:
                    return BeginAnew();
            }

            if (schedule.Condition.Disabled is null)
            {
                return schedule;
            }

            // Somebody resumes it.
            _condition = EndpointCondition.Unknown;
            return BeginAnew();
        }

        /// <summary>What was under way may have arrived, and nothing of it is known.</summary>
        private Schedule BeginAnew()
        {
            _received.AddRange(_underWay.Where(_ => random.Next(2) == 0).Select(attempt => attempt.Sequence));
            _underWay.Clear();
            return Load();
        }

        private void Finish(Schedule schedule, Attempt attempt, bool isMoody)
        {
            _underWay.Remove(attempt);
            var status = isMoody ? Statuses[random.Next(Statuses.Length)] : 200;
            if (status == 200)
            {
                _received.Add(attempt.Sequence);
            }

            schedule.Complete(attempt, status == 200 ? AttemptResult.Delivered : new AttemptResult(AttemptClass.Status, status), _now);
        }

        private void Save(Schedule schedule)
        {
            var changes = schedule.TakeChanges();
            if (random.Next(5) == 0)
            {
                schedule.PutBack(changes);
                return;
            }

            schedule.Stored();
            changes.Position.ShouldBeGreaterThanOrEqualTo(_position);
            (_position, _condition) = (changes.Position, changes.Condition);
            foreach (var parked in changes.Parked)
            {
                _parked[parked.Sequence] = parked;
            }

            foreach (var sequence in changes.Unparked)
            {
                _parked.Remove(sequence);
            }

            _dead.UnionWith(changes.DeadLetters.Select(letter => letter.Sequence));
        }

        private Schedule Load() => new(_policy, 4, _position, _condition, _parked.Values, random.NextDouble);

        private static Guid Asset(int number) => new(number + 1, 0, 0, new byte[8]);
    }
}
