using Cartulary.Delivery.Dispatch;

namespace Cartulary.Delivery.Tests.Dispatch;

public sealed class SendSlotsTests
{
    private const int Count = 1_024;
    private const int Wished = 8;
    private readonly SendSlots _slots = new(Count);

    [Fact]
    public void Thousands_that_hang_leave_half_of_the_places_to_a_healthy_one()
    {
        var hanging = Enumerable.Range(0, 2_000).Count(_ => _slots.TryTake(held: 0, isSuspect: true, Wished));

        hanging.ShouldBe(Count / 2);
        _slots.TryTake(held: 0, isSuspect: false, Wished).ShouldBeTrue();
    }

    [Fact]
    public void A_suspect_has_one_place()
    {
        _slots.TryTake(held: 0, isSuspect: true, Wished).ShouldBeTrue();
        _slots.TryTake(held: 1, isSuspect: true, Wished).ShouldBeFalse();
    }

    [Fact]
    public void However_many_healthy_ones_there_are_a_newcomer_finds_a_place()
    {
        var held = new int[2_000];
        for (var turn = 0; turn < Wished; turn++)
        {
            for (var one = 0; one < 400; one++)
            {
                held[one] += _slots.TryTake(held[one], isSuspect: false, Wished) ? 1 : 0;
            }
        }

        held.Sum().ShouldBeLessThanOrEqualTo((Count / 2) + 400);
        _slots.TryTake(held: 0, isSuspect: false, Wished).ShouldBeTrue();
    }

    [Fact]
    public void One_alone_has_as_many_as_it_wishes_and_all_come_back()
    {
        for (var held = 0; held < Wished; held++)
        {
            _slots.TryTake(held, isSuspect: false, Wished).ShouldBeTrue();
        }

        _slots.TryTake(Wished, isSuspect: false, Wished).ShouldBeFalse();
        for (var left = Wished - 1; left >= 0; left--)
        {
            _slots.Release(left, wasSuspect: false);
        }

        (_slots.Free, _slots.Active).ShouldBe((Count, 0));
    }
}
