using System.Diagnostics;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save;

/// <summary>The spans of a save, for who listens to <see cref="SourceName"/>; where nobody does they are null and cost nothing.</summary>
public static class SaveTrace
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Cartulary";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A request is planned against a snapshot.</summary>
    internal static Activity? Plan() => Source.StartActivity("plan");

    /// <summary>A plan waits for its turn and is committed.</summary>
    internal static Activity? Commit() => Source.StartActivity("commit");

    /// <summary>A plan that no longer held is made again, on the writer's side, where the save's own span is not the current one.</summary>
    internal static Activity? PlanAgain(Activity? commit) =>
        commit is null ? null : Source.StartActivity("plan again", ActivityKind.Internal, commit.Context);

    /// <summary>Notes what planning said.</summary>
    internal static void Note(this Activity? span, PlanOutcome outcome) =>
        span?.SetTag("cartulary.plan.outcome", outcome switch
        {
            PlanOutcome.Planned => "planned",
            PlanOutcome.Unchanged => "unchanged",
            _ => "refused",
        });

    /// <summary>Notes the numbers of a commit.</summary>
    internal static void Note(this Activity? span, CommitOutcome outcome)
    {
        if (span is not null && outcome is CommitOutcome.Committed done)
        {
            span.SetTag("cartulary.commit", done.Receipt.Commit.Value).SetTag("cartulary.assets", done.Plan.Summary.Mutations.Length);
        }
    }
}
