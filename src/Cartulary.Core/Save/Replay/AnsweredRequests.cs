using Cartulary.Core.Errors;
using Cartulary.Core.Ports;

namespace Cartulary.Core.Save.Replay;

/// <summary>Looks up, before a request is planned, whether it has been answered before.</summary>
internal static class AnsweredRequests
{
    /// <summary>What to do instead of planning; null when the request is to be planned.</summary>
    /// <param name="session">The snapshot that the plan will be based on.</param>
    /// <param name="actor">Who sends the request.</param>
    /// <param name="terms">The request's terms; without their key when the key turns out to belong to another request and does not bind.</param>
    /// <param name="cancellationToken">Stops the look-up.</param>
    public static async ValueTask<(PlanOutcome? Instead, SaveTerms Terms)> FindAsync(
        IReadSession session, string actor, SaveTerms terms, CancellationToken cancellationToken)
    {
        if (terms.Key is not { } key || await session.FindRequestAsync(actor, key.Key, key.NotBefore, cancellationToken) is not { } found)
        {
            return (null, terms);
        }

        if (found.Hash == key.Hash)
        {
            return (new PlanOutcome.Answered(found), terms);
        }

        return key.IsStrict
            ? (new PlanOutcome.Rejected([new Problem(ErrorCodes.KeyReused, "Idempotency-Key", "the idempotency key was used for another request; a new request needs a new key")]), terms)
            : (null, terms with { Key = null });
    }
}
