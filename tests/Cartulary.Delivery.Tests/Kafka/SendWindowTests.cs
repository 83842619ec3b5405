using Cartulary.Delivery.Kafka;
using CsCheck;

namespace Cartulary.Delivery.Tests.Kafka;

/// <summary>The position never passes an event that is not acknowledged.</summary>
public sealed class SendWindowTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void In_whatever_order_records_are_acknowledged_the_position_stands_before_the_first_that_is_not() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 30], Gen.Int[0, int.MaxValue]).Sample((sizes, seed) =>
        {
            var window = new SendWindow(0);
            var left = new SortedDictionary<long, int>();
            var records = new List<SendWindow.Entry>();
            foreach (var (size, index) in sizes.Select(static (size, index) => (size, index)))
            {
                Add(window, left, records, size, index + 1);
            }

            var random = new Random(seed);
            random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(records));
            foreach (var record in records)
            {
                window.Position.ShouldBe(left.Keys.First() - 1);
                window.Acknowledge(record).ShouldBe(--left[record.Sequence] == 0);
                if (left[record.Sequence] == 0)
                {
                    left.Remove(record.Sequence);
                }
            }

            window.Position.ShouldBe(sizes.Length);
            window.EmptyAsync(Token).IsCompletedSuccessfully.ShouldBeTrue();
        });

    [Fact]
    public async Task Who_wants_room_waits_for_an_acknowledgement_but_one_event_always_has_it()
    {
        var window = new SendWindow(0);
        await window.RoomAsync(recordsMax: 1, bytesMax: 10, Token);
        var first = window.Begin(1, Guid.Empty, time: 5, records: 1, bytes: 1_000);
        var waiting = window.RoomAsync(recordsMax: 1, bytesMax: 10, Token);
        waiting.IsCompleted.ShouldBeFalse();
        window.OldestTime.ShouldBe(5);

        window.Acknowledge(first);

        await waiting.WaitAsync(Token);
        window.OldestTime.ShouldBeNull();
    }

    private static void Add(SendWindow window, SortedDictionary<long, int> left, List<SendWindow.Entry> records, int size, long sequence)
    {
        if (size == 0)
        {
            window.PassOver(sequence);
            return;
        }

        var entry = window.Begin(sequence, Guid.Empty, time: sequence, size, bytes: size);
        left.Add(sequence, size);
        records.AddRange(Enumerable.Repeat(entry, size));
    }
}
