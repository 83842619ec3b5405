using System.Collections.Immutable;
using Cartulary.Core.Errors;

namespace Cartulary.Core.Ports;

/// <summary>What came of planning a save.</summary>
public abstract record PlanOutcome
{
    private PlanOutcome()
    {
    }

    /// <summary>There is something to write.</summary>
    /// <param name="Plan">What to write.</param>
    public sealed record Planned(CommitPlan Plan) : PlanOutcome;

    /// <summary>Nothing differs: nothing is written and nothing told.</summary>
    /// <param name="Summary">What the caller is told.</param>
    public sealed record Unchanged(SaveSummary Summary) : PlanOutcome;

    /// <summary>The very request has been answered before: nothing is written, and the first answer is given again.</summary>
    /// <param name="Request">The request and its commit.</param>
    public sealed record Answered(AnsweredRequest Request) : PlanOutcome;

    /// <summary>The save is refused.</summary>
    /// <param name="Problems">All that is wrong with it.</param>
    public sealed record Rejected(ImmutableArray<Problem> Problems) : PlanOutcome
    {
        /// <summary>How many problems there are beside those listed.</summary>
        public int Omitted { get; init; }
    }
}
