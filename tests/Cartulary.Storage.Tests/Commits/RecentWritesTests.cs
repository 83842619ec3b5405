using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Tests.Commits;

public sealed class RecentWritesTests
{
    private readonly RecentWrites _recent = new(capacity: 3, commit: 10);

    [Fact]
    public void What_nobody_wrote_has_not_been_written_since() => _recent.NoneSince([1, 2], 10).ShouldBeTrue();

    [Fact]
    public void A_write_concerns_plans_on_older_commits_only()
    {
        Keep(11, 1);

        _recent.NoneSince([1], 10).ShouldBeFalse();
        _recent.NoneSince([2], 10).ShouldBeTrue();
        _recent.NoneSince([1], 11).ShouldBeTrue();
    }

    [Fact]
    public void Writes_of_the_present_group_concern_every_plan()
    {
        _recent.AddToGroup([1], 11);

        _recent.NoneSince([1], 11).ShouldBeFalse();
    }

    [Fact]
    public void A_group_that_was_undone_wrote_nothing()
    {
        Keep(11, 1);
        _recent.AddToGroup([1, 2], 12);
        _recent.ForgetGroup();

        _recent.NoneSince([1, 2], 11).ShouldBeTrue();
        _recent.NoneSince([1], 10).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_known_of_commits_before_the_first() => _recent.NoneSince([], 9).ShouldBeFalse();

    [Fact]
    public void Nothing_is_known_of_plans_older_than_what_was_dropped()
    {
        Keep(11, 1);
        Keep(12, 2, 3);
        _recent.NoneSince([9], 10).ShouldBeTrue();

        Keep(13, 4);

        _recent.NoneSince([9], 10).ShouldBeFalse();
        _recent.NoneSince([9], 11).ShouldBeTrue();
        _recent.NoneSince([2], 11).ShouldBeFalse();
    }

    [Fact]
    public void A_mark_written_again_is_remembered_by_its_last_commit()
    {
        Keep(11, 1);
        Keep(12, 1, 2);
        Keep(13, 3);

        _recent.NoneSince([1], 11).ShouldBeFalse();
        _recent.NoneSince([1], 12).ShouldBeTrue();
    }

    [Fact]
    public void What_was_forgotten_once_stays_so()
    {
        _recent.Restart(20);
        _recent.Restart(15);
        Keep(16, 1);
        Keep(17, 2);
        Keep(18, 3);
        Keep(19, 4);

        _recent.NoneSince([9], 19).ShouldBeFalse();
        _recent.NoneSince([9], 20).ShouldBeTrue();
    }

    private void Keep(long commit, params ulong[] marks)
    {
        _recent.AddToGroup([.. marks], commit);
        _recent.KeepGroup();
    }
}
