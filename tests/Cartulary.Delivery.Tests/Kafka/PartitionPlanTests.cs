using System.Collections.Immutable;
using Cartulary.Core.Ports.Delivery;
using Cartulary.Delivery.Kafka;
using CsCheck;

namespace Cartulary.Delivery.Tests.Kafka;

/// <summary>Which partitions events go to when their number changes.</summary>
public sealed class PartitionPlanTests
{
    [Fact]
    public void A_first_start_takes_the_topic_as_it_is() => PartitionPlan.For(Row(null, null), 4, Tails(4)).ShouldBe(new PartitionPlan.Send(4, Until: null));

    [Fact]
    public void Another_number_is_refused_unless_that_very_number_was_agreed_to()
    {
        PartitionPlan.For(Row(4, null), 6, Tails(6)).ShouldBeOfType<PartitionPlan.Refuse>();
        PartitionPlan.For(Row(4, 5), 6, Tails(6)).ShouldBeOfType<PartitionPlan.Refuse>();
        PartitionPlan.For(Row(4, 6), 6, Tails(6)).ShouldBe(new PartitionPlan.Send(6, Until: null));
    }

    [Fact]
    public void What_was_begun_with_the_old_number_is_finished_with_it() =>
        PartitionPlan.For(Row(2, 3), 3, [new PartitionTail(14, 0, 1), new PartitionTail(11, 0, 1), default]).ShouldBe(new PartitionPlan.Send(2, Until: 14));

    [Fact]
    public void Fewer_partitions_are_another_topic() => PartitionPlan.For(Row(4, 2), 2, Tails(2)).ShouldBe(new PartitionPlan.Send(2, Until: null));

    /// <summary>
    /// Random crashes while events are sent, while the old number is finished, and afterwards: a consumer that ignores what is not above the highest sequence of a
    /// partition has every event once.
    /// </summary>
    [Fact]
    public void Consumers_lose_nothing_when_partitions_are_added_whenever_the_server_dies() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[0, int.MaxValue]).Sample((few, more, seed) => new Simulation(few, few + more, new Random(seed)).Run(), iter: 2_000);

    private static SinkRow Row(int? partitions, int? accepted) => new("kafka", 1, Guid.Empty, 10, "topic", partitions, accepted, Trouble: null);

    private static ImmutableArray<PartitionTail> Tails(int count) => [.. Enumerable.Repeat(default(PartitionTail), count)];

    private sealed class Simulation(int few, int more, Random random)
    {
        private const int Events = 40;
        private readonly byte[][] _keys = [.. Enumerable.Range(0, Events + 1).Select(_ => new[] { (byte)random.Next(6) })];
        private readonly List<long>[] _topic = [.. Enumerable.Range(0, more).Select(static _ => new List<long>())];
        private SinkRow _row = new("kafka", 1, Guid.Empty, 0, "topic", few, Accepted: null, Trouble: null);

        public void Run()
        {
            Live(few, until: random.Next(Events));
            _row = _row with { Accepted = more };
            for (var lives = random.Next(5); lives > 0; lives--)
            {
                Live(more, until: random.Next(Events));
            }

            while (_row.Position < Events)
            {
                Live(more, Events);
            }

            _row.Partitions.ShouldBe(more);
            var heard = _topic.SelectMany(Heard).ToList();
            heard.Order().ShouldBe(Enumerable.Range(1, Events).Select(static sequence => (long)sequence));
        }

        /// <summary>What a consumer keeps of a partition.</summary>
        private static IEnumerable<long> Heard(List<long> partition)
        {
            var highest = 0L;
            foreach (var sequence in partition.Where(sequence => sequence > highest))
            {
                highest = sequence;
                yield return sequence;
            }
        }

        /// <summary>One life of a server: each partition gets its records in order, some partitions more of them than others, and the position is stored now and then.</summary>
        private void Live(int found, int until)
        {
            ImmutableArray<PartitionTail> tails = [.. _topic.Take(found).Select(static records => records.Count == 0 ? default : new PartitionTail(records.Max(), 0, 1))];
            var plan = PartitionPlan.For(_row, found, tails).ShouldBeOfType<PartitionPlan.Send>();
            _row = plan.Until is null ? _row with { Partitions = plan.Count, Accepted = null } : _row;
            var last = Math.Min(until, plan.Until ?? long.MaxValue);
            var open = Enumerable.Range(0, plan.Count).Select(_ => random.Next(3) > 0).ToArray();
            var isGapless = true;
            for (var sequence = _row.Position + 1; sequence <= last; sequence++)
            {
                var partition = JavaPartitioner.PartitionOf(_keys[sequence], plan.Count);
                if (sequence > tails[partition].Proven)
                {
                    open[partition] &= until == Events || random.Next(12) > 0;
                    if (open[partition] || until == Events)
                    {
                        _topic[partition].Add(sequence);
                    }
                    else
                    {
                        isGapless = false;
                    }
                }

                if (isGapless && random.Next(4) == 0)
                {
                    _row = _row with { Position = sequence };
                }
            }

            if (isGapless && last >= _row.Position)
            {
                _row = _row with { Position = last };
                _row = plan.Until == last ? _row with { Partitions = found, Accepted = null } : _row;
            }
        }
    }
}
