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
                await signal.WaitForCommitAfterAsync(signal.Head.Commit, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task Another_log_wakes_those_who_wait_for_a_number_that_it_may_not_reach()
    {
        var signal = new HeadSignal(HeadAt(10));
        var waiting = signal.WaitForCommitAfterAsync(new CommitNumber(10), TestContext.Current.CancellationToken);

        signal.Advance(HeadAt(5) with { LogId = Guid.CreateVersion7() });

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private static CatalogHead HeadAt(long commit) => new(Guid.Empty, new CommitNumber(commit), commit, 1, 0, 0);
}
