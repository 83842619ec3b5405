using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;
using Cartulary.Storage.Sqlite.Writing;
using Cartulary.Testing;

namespace Cartulary.Storage.Tests.Commits;

public sealed class WaitingWorkTests
{
    private static readonly CatalogHead Head = new(Guid.Empty, default, 0, 1, 0, 0);

    private readonly WaitingWork _waiting = new(new GroupLimits(QueueCapacity: 5, MembersMax: 3, RowsMax: 100, SmallSaveRows: 10));

    [Fact]
    public void Small_saves_go_before_large_ones()
    {
        var (large, small) = (Save(20), Save(1));
        _waiting.Add(large);
        _waiting.Add(small);

        Take().ShouldBe([small, large]);
        _waiting.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_group_has_only_so_many_members()
    {
        PendingSave[] saves = [Save(1), Save(1), Save(1), Save(1)];
        Array.ForEach(saves, _waiting.Add);

        Take().ShouldBe(saves[..3]);
        Take().ShouldBe(saves[3..]);
    }

    [Fact]
    public void A_group_has_only_so_many_rows()
    {
        PendingSave[] saves = [Save(20), Save(20)];
        Array.ForEach(saves, _waiting.Add);

        Take().ShouldBe(saves[..1]);
        Take().ShouldBe(saves[1..]);
    }

    [Fact]
    public void A_save_above_the_limit_of_rows_goes_alone()
    {
        var save = Save(500);
        _waiting.Add(save);

        Take().ShouldBe([save]);
    }

    [Fact]
    public void A_large_save_is_not_passed_over_for_ever()
    {
        var large = Save(50);
        _waiting.Add(large);
        var groups = 0;
        do
        {
            _waiting.Add(Save(1));
            groups++;
        }
        while (!Take().Contains(large));

        groups.ShouldBe(9);
    }

    [Fact]
    public void A_change_of_another_kind_goes_first_and_alone()
    {
        var (save, change) = (Save(1), new PendingChange<WriteTurn>(_ => new(true)));
        _waiting.Add(save);
        _waiting.Add(change);

        Take().ShouldBe([change]);
        Take().ShouldBe([save]);
    }

    [Fact]
    public void What_was_cancelled_is_passed_over()
    {
        var (cancelled, save) = (Save(1), Save(1));
        _waiting.Add(cancelled);
        _waiting.Add(save);

        cancelled.Cancel(new CancellationToken(canceled: true));

        Take().ShouldBe([save]);
        cancelled.Completion.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public void What_was_taken_up_cannot_be_cancelled()
    {
        var save = Save(1);
        _waiting.Add(save);
        Take();

        save.Cancel(new CancellationToken(canceled: true));

        save.Completion.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void It_is_full_at_its_capacity()
    {
        for (var i = 0; i < 5; i++)
        {
            _waiting.IsFull.ShouldBeFalse();
            _waiting.Add(Save(i % 2 * 20));
        }

        _waiting.IsFull.ShouldBeTrue();
    }

    private static PendingSave Save(int assets)
    {
        var plan = new PlanBuilder(Head);
        for (var i = 0; i < assets; i++)
        {
            plan.Create($"a{i}");
        }

        return new PendingSave(plan.Build(), (_, _) => throw new InvalidOperationException());
    }

    private List<PendingWork> Take()
    {
        var group = new List<PendingWork>();
        _waiting.TakeGroup(group);
        return group;
    }
}
