using Cartulary.Delivery.Kafka;
using CsCheck;

namespace Cartulary.Delivery.Tests.Kafka;

/// <summary>What the end of a partition proves.</summary>
public sealed class PartitionTailTests
{
    [Fact]
    public void A_partition_without_our_records_proves_nothing() => default(PartitionTail).Proven.ShouldBe(0);

    [Fact]
    public void A_whole_event_proves_itself_and_what_is_before_it() => Of((5, 0, 1), (9, 0, 1)).Proven.ShouldBe(9);

    [Fact]
    public void An_event_that_lacks_parts_proves_only_what_is_before_it() => Of((5, 0, 1), (9, 0, 3), (9, 1, 3)).Proven.ShouldBe(8);

    [Fact]
    public void An_event_with_its_last_part_is_whole() => Of((9, 0, 3), (9, 0, 3), (9, 1, 3), (9, 2, 3)).Proven.ShouldBe(9);

    [Fact]
    public void Repeats_of_older_events_at_the_end_take_nothing_back() => Of((9, 0, 1), (12, 2, 3), (9, 0, 1), (12, 0, 3)).Proven.ShouldBe(12);

    [Fact]
    public void Wherever_an_orderly_partition_is_cut_what_is_proven_is_whole_and_nothing_whole_is_unproven() =>
        Gen.Select(Gen.Int[1, 4].Array[1, 20], Gen.Int[0, 80]).Sample((sizes, cut) =>
        {
            var records = sizes.SelectMany(static (parts, index) => Enumerable.Range(0, parts).Select(part => (Sequence: (index + 1L) * 3, Part: part, Parts: parts))).Take(cut).ToArray();

            var proven = Of(records).Proven;

            var whole = records.Where(static record => record.Part == record.Parts - 1).Select(static record => record.Sequence).DefaultIfEmpty(0).Max();
            proven.ShouldBeGreaterThanOrEqualTo(whole);
            records.Where(static record => record.Part == record.Parts - 1).Count(record => record.Sequence <= proven)
                .ShouldBe(records.Where(record => record.Sequence <= proven).Select(static record => record.Sequence).Distinct().Count());
        });

    private static PartitionTail Of(params (long Sequence, int Part, int Parts)[] records) =>
        records.Aggregate(default(PartitionTail), static (tail, record) => tail.With(new RecordMarks(Guid.Empty, record.Sequence, record.Part, record.Parts)));
}
