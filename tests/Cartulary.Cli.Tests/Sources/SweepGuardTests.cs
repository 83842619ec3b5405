using Cartulary.Cli.Sources;

namespace Cartulary.Cli.Tests.Sources;

public sealed class SweepGuardTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(20, 20)]
    [InlineData(21, 1000)]
    [InlineData(25, 100)]
    public void A_clean_up_of_usual_size_passes(int gone, int live) =>
        new SweepGuard().Objection(gone, live, isEmpty: false).ShouldBeNull();

    [Fact]
    public void More_than_a_quarter_is_stopped_and_the_message_says_how_to_insist()
    {
        var objection = new SweepGuard().Objection(26, 100, isEmpty: false).ShouldNotBeNull();

        objection.ShouldContain("26 of 100 assets (26 %)");
        objection.ShouldEndWith("--allow-delete 26");
        new SweepGuard(26).Objection(26, 100, isEmpty: false).ShouldBeNull();
    }

    [Fact]
    public void An_empty_source_archives_nothing_unless_everything_may_go()
    {
        new SweepGuard(99).Objection(1, 10, isEmpty: true).ShouldNotBeNull();
        new SweepGuard(100).Objection(10, 10, isEmpty: true).ShouldBeNull();
        new SweepGuard().Objection(0, 0, isEmpty: true).ShouldBeNull();
    }
}
