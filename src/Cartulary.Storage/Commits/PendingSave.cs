using Cartulary.Core.Ports;

namespace Cartulary.Storage.Commits;

/// <summary>A save that waits to be committed.</summary>
internal sealed class PendingSave(CommitPlan plan, Planner planner) : PendingWork
{
    private readonly TaskCompletionSource<CommitOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CommitOutcome? _outcome;

    public Task<CommitOutcome> Completion => _completion.Task;

    /// <summary>The plan as it was given.</summary>
    public CommitPlan Plan => plan;

    public override int Rows { get; } = RowsOf(plan);

    public override bool IsExclusive => false;

    public override async ValueTask ApplyAsync(IWriteTurn turn)
    {
        var current = plan;
        if (!turn.Holds(plan))
        {
            StoreMetrics.PlansAgain.Add(1);
            var outcome = await turn.PlanAgainAsync(planner);
            if (outcome is not PlanOutcome.Planned again)
            {
                _outcome = new CommitOutcome.NotCommitted(outcome);
                return;
            }

            current = again.Plan;
        }

        var showsOldStates = turn.ShowsOldStates(current);
        _outcome = new CommitOutcome.Committed(current, await turn.WriteAsync(current)) { ShowsOldStates = showsOldStates };
    }

    public override void Complete() => _completion.TrySetResult(_outcome!);

    public override void Fail(Exception failure) => _completion.TrySetException(failure);

    protected override void OnCancelled(CancellationToken token) => _completion.TrySetCanceled(token);

    private static int RowsOf(CommitPlan plan)
    {
        var rows = 1 + (plan.Updates.Length * 3) + plan.ClosedEdges.Length + plan.OpenedEdges.Length;
        foreach (var insert in plan.Inserts)
        {
            rows += 2 + insert.Keys.Length;
        }

        return rows;
    }
}
