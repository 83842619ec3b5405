using Cartulary.Core.Ports;
using Cartulary.Core.Types;
using Cartulary.Storage.Commits;
using Cartulary.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cartulary.Storage.Tests.Commits;

public sealed class CommitWriterTests
{
    private static readonly CatalogHead Head = new(Guid.Empty, default, 0, 1, 0, 0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_of_a_group_whose_outcome_is_unknown_is_written_again()
    {
        var turn = new LostTurn();
        await using var writer = new CommitWriter<LostTurn>(turn, new HeadSignal(Head), new GroupLimits(100, 100, 1_000, 100), NullLogger.Instance);
        var first = writer.ChangeAsync(async lost => await lost.Gate.Task, Cancel).AsTask();
        var saves = Enumerable.Range(0, 3).Select(_ => writer.CommitAsync(new PlanBuilder(Head).Create("a").Build(), Never, Cancel).AsTask()).ToList();

        turn.Gate.SetResult(true);
        await Should.ThrowAsync<StoreUnavailableException>(() => first);
        foreach (var save in saves)
        {
            (await Should.ThrowAsync<StoreUnavailableException>(() => save)).IsOutcomeUnknown.ShouldBeTrue();
        }

        turn.Written.ShouldBe(3);
    }

    private static ValueTask<PlanOutcome> Never(IReadSession session, CancellationToken cancellationToken) => throw new InvalidOperationException();

    /// <summary>A transaction whose commits are lost sight of.</summary>
    private sealed class LostTurn : IWriteTurn
    {
        public TaskCompletionSource<bool> Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Written { get; private set; }

        public CatalogHead Head => CommitWriterTests.Head;

        public ValueTask BeginAsync(IReadOnlyList<PendingWork> members) => ValueTask.CompletedTask;

        public bool Holds(CommitPlan plan) => true;

        public bool ShowsOldStates(CommitPlan plan) => false;

        public ValueTask<PlanOutcome> PlanAgainAsync(Planner planner) => throw new InvalidOperationException();

        public ValueTask<CommitReceipt> WriteAsync(CommitPlan plan)
        {
            Written++;
            return new(new CommitReceipt(new CommitNumber(Written), Written, Time: 0, [1]));
        }

        public void Write(IReadOnlyList<StoredType> types, CommitContext context) => throw new InvalidOperationException();

        public void Write(CatalogSettings settings, CommitContext context) => throw new InvalidOperationException();

        public void Write(DeletionJob job, CommitContext context) => throw new InvalidOperationException();

        public ValueTask<CommittedGroup> CommitAsync() => throw StoreUnavailableException.OutcomeUnknown(new IOException("gone"));

        public ValueTask<Exception> UndoAsync(Exception failure) => new(failure);

        public bool IsTransient(Exception failure) => failure is StoreUnavailableException { IsOutcomeUnknown: false };

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
