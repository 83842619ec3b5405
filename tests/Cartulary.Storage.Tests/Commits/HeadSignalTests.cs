using Cartulary.Core.Ports;
using Cartulary.Storage.Commits;

namespace Cartulary.Storage.Tests.Commits;

public sealed class HeadSignalTests
{
    [Fact]
    public async Task No_waiter_misses_a_head_that_moves_while_it_begins_to_wait()
    {
        const int commits = 2_000;
        var signal = new HeadSignal(HeadAt(0));
        var waiting = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => FollowAsync()));

        for (var commit = 1; commit <= commits; commit++)
        {
            signal.Advance(HeadAt(commit));
            if (commit % 16 == 0)
            {
                await Task.Yield();
            }
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        async Task FollowAsync()
        {
            while (signal.Head.Commit.Value < commits)
            {
                await signal.WaitForCommitAfterAsync(signal.Head, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task Another_log_wakes_those_who_wait_for_a_number_that_it_may_not_reach()
    {
        var signal = new HeadSignal(HeadAt(10));
        var waiting = signal.WaitForCommitAfterAsync(signal.Head, TestContext.Current.CancellationToken);

        signal.Advance(HeadAt(5) with { LogId = Guid.CreateVersion7() });

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Nobody_waits_for_a_number_of_a_log_in_whose_place_there_is_another_already()
    {
        var signal = new HeadSignal(HeadAt(10));
        var seen = signal.Head;

        signal.Advance(HeadAt(5) with { LogId = Guid.CreateVersion7() });

        signal.WaitForCommitAfterAsync(seen, TestContext.Current.CancellationToken).IsCompletedSuccessfully.ShouldBeTrue();
    }

    private static CatalogHead HeadAt(long commit) => new(Guid.Empty, new CommitNumber(commit), commit, 1, 0, 0);
}
