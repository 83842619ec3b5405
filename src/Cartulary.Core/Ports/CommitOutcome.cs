namespace Cartulary.Core.Ports;

/// <summary>What came of a commit.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>It is durable.</summary>
    /// <param name="Plan">The plan that was written: the one given, or a newer one.</param>
    /// <param name="Receipt">The numbers it was given.</param>
    public sealed record Committed(CommitPlan Plan, CommitReceipt Receipt) : CommitOutcome
    {
        /// <summary>Whether states that the plan's summary shows, and that the plan left alone, may have changed before it was written.</summary>
        public bool ShowsOldStates { get; init; }
    }

    /// <summary>Planned again, the save turned out to change nothing, to be answered already or to be refused; nothing was written.</summary>
    /// <param name="Outcome">What the second planning said.</param>
    public sealed record NotCommitted(PlanOutcome Outcome) : CommitOutcome;
}
