using Cartulary.Core.Ports;

namespace Cartulary.Storage.Conformance;

/// <summary>Cancelling, and waiting for the head.</summary>
public abstract partial class CatalogStoreConformance
{
    [Fact]
    public async Task A_save_that_is_cancelled_from_the_start_is_not_written()
    {
        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await Store.CommitAsync(Plan().Create("a").Build(), Never, new CancellationToken(canceled: true)));

        await CommitAsync(Plan().Create("b"));
        (await CountAsync("a")).ShouldBe(0);
    }

    [Fact]
    public async Task A_save_that_is_cancelled_while_it_waits_is_not_written()
    {
        var (busy, gate) = await OccupyAsync(Cancel);
        using var source = new CancellationTokenSource();
        var waiting = Store.CommitAsync(Plan().Create("waiting").Build(), Never, source.Token).AsTask();

        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        gate.SetResult();

        (await busy).ShouldBeOfType<CommitOutcome.Committed>();
        await CommitAsync(Plan().Create("after"));
        (await CountAsync("waiting")).ShouldBe(0);
    }

    [Fact]
    public async Task A_save_that_is_cancelled_after_it_has_begun_is_committed()
    {
        using var source = new CancellationTokenSource();
        var (busy, gate) = await OccupyAsync(source.Token);

        await source.CancelAsync();
        gate.SetResult();

        (await busy).ShouldBeOfType<CommitOutcome.Committed>();
        (await CountAsync("occupied2")).ShouldBe(1);
    }

    [Fact]
    public async Task Waiting_for_a_commit_that_is_there_completes_at_once()
    {
        var before = Store.Head;
        await CreateAsync("a");

        Store.WaitForCommitAfterAsync(before, Cancel).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Waiting_for_the_next_commit_completes_with_it()
    {
        var waiters = Enumerable.Range(0, 100).Select(_ => Store.WaitForCommitAfterAsync(Store.Head, Cancel)).ToList();
        waiters.ShouldAllBe(waiter => !waiter.IsCompleted);

        await CommitAsync(Plan().Create("a"));

        await Task.WhenAll(waiters).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task Waiting_for_a_later_commit_passes_over_earlier_ones()
    {
        var waiter = Store.WaitForCommitAfterAsync(Store.Head with { Commit = new CommitNumber(1) }, Cancel);

        await CommitAsync(Plan().Create("a"));
        waiter.IsCompleted.ShouldBeFalse();
        await CommitAsync(Plan().Create("b"));

        await waiter.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task Waiting_for_a_commit_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var waiter = Store.WaitForCommitAfterAsync(Store.Head, source.Token);

        await source.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiter);
    }

    [Fact]
    public async Task Whoever_is_told_of_a_commit_finds_it_in_the_head_and_in_a_snapshot()
    {
        for (var i = 1; i <= 50; i++)
        {
            var receipt = (await CommitAsync(Plan().Create($"a{i}"))).Receipt;

            Store.Head.Commit.Value.ShouldBeGreaterThanOrEqualTo(receipt.Commit.Value);
            await using var session = await Store.ReadAsync(Cancel);
            session.Head.Commit.ShouldBe(receipt.Commit);
        }
    }

    [Fact]
    public async Task Whoever_waits_when_the_store_is_closed_is_told()
    {
        var waiter = Store.WaitForCommitAfterAsync(Store.Head, Cancel);

        Store = await ReopenAsync(Clock);

        await Should.ThrowAsync<ObjectDisposedException>(() => waiter);
    }

    [Fact]
    public async Task Closing_finishes_the_saves_that_wait()
    {
        var (busy, gate) = await OccupyAsync(Cancel);
        var waiting = Enumerable.Range(0, 20).Select(number => CommitAsync(Plan().Create($"a{number}"))).ToList();

        var reopening = ReopenAsync(Clock).AsTask();
        gate.SetResult();
        Store = await reopening;

        await busy;
        await Task.WhenAll(waiting);
        (await CountAsync("a19")).ShouldBe(1);
    }

    /// <summary>Keeps the writer busy with a save that is planned again until the gate is opened.</summary>
    private async Task<(Task<CommitOutcome> Busy, TaskCompletionSource Gate)> OccupyAsync(CancellationToken cancellationToken)
    {
        var asset = (await CreateAsync("occupied")).Single();
        var stale = Plan().Reads(ConflictMarks.State(asset.Guid)).Rename(asset, "stale").Build();
        await CommitAsync(Plan().Rename(asset, "occupied1"));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var busy = Store.CommitAsync(
            stale,
            async (session, token) =>
            {
                begun.TrySetResult();
                await gate.Task.WaitAsync(token);
                return await RenameAgain("occupied1", "occupied2")(session, token);
            },
            cancellationToken);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        return (busy.AsTask(), gate);
    }
}
