using Cartulary.Core.Errors;
using Cartulary.Core.Ports;
using Cartulary.Core.Save.Read;

namespace Cartulary.Core.Save.Explain;

/// <summary>
/// Completes a refusal: what a stage refuses does not reach the stages after it, so what is in order of the request goes through
/// them by itself, and nothing is done with what comes of it.
/// </summary>
internal static class Explainer
{
    /// <summary>So many stages can each refuse what those before it have let pass: values, rules of types, names among siblings.</summary>
    private const int Rounds = 3;

    /// <summary>The refusal with all that is wrong with the rest of the request; any other outcome as it is.</summary>
    public static async ValueTask<PlanOutcome> CompleteAsync(PlanOutcome outcome, PlanningScope scope, SaveRequest request, CancellationToken cancellationToken)
    {
        if (outcome is not PlanOutcome.Rejected { Omitted: 0 } refused)
        {
            return outcome;
        }

        var told = refused.Problems.ToHashSet();
        var all = new ProblemList();
        all.Add(refused.Problems, refused.Omitted);
        var latest = refused.Problems.ToList();
        for (var round = 0; round < Rounds && latest.Count > 0 && SoundPart.Of(request, scope.Listings, latest) is { } part; round++)
        {
            (request, scope) = (part.Request, scope.ForPart(part.Withheld));
            latest = await SavePipeline.PlanAsync(scope, request, cancellationToken) is PlanOutcome.Rejected more
                ? [.. more.Problems.Where(told.Add)]
                : [];
            latest.ForEach(all.Add);
        }

        return new PlanOutcome.Rejected(all.ToImmutable()) { Omitted = all.Omitted };
    }
}
