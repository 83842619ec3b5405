using System.Collections.Immutable;
using Cartulary.Core.Errors;
using Cartulary.Core.Save.Read;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>What the query and the headers of a save ask for beside what is to be saved.</summary>
/// <param name="DryRun">Whether it is to be tried only.</param>
/// <param name="Receipts">Whether the answer is to have receipts; a save on trial always has.</param>
/// <param name="IfMatch">Which versions the one asset may have; null when any will do.</param>
/// <param name="Key">The request's idempotency key, and whether it binds; null for none.</param>
internal sealed record SaveWishes(bool DryRun, bool Receipts, VersionCondition? IfMatch, IdempotencyKey? Key)
{
    /// <summary>Reads the wishes of a request, with all that is wrong with them.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isSingle">Whether it is about one asset, which <c>If-Match</c> needs.</param>
    /// <param name="problems">What is wrong; empty when nothing is.</param>
    public static SaveWishes Read(HttpRequest request, bool isSingle, out ImmutableArray<Problem> problems)
    {
        var query = new QueryReader(request.Query);
        var dryRun = query.Flag("dryRun");
        var receipts = query.Flag("receipts");
        var condition = request.Headers.IfMatch.Count == 0 ? null : ReadIfMatch(request, isSingle, query);
        if (request.Headers.IfNoneMatch.Count > 0)
        {
            query.Refuse(ErrorCodes.BadRequest, "If-None-Match", "If-None-Match does not go with saves; expectedVersion 0 saves an asset only if it does not exist");
        }

        var key = IdempotencyKey.Read(request.Headers, query);
        problems = query.Problems;
        return new SaveWishes(dryRun, receipts || dryRun, condition, key);
    }

    private static VersionCondition? ReadIfMatch(HttpRequest request, bool isSingle, QueryReader query)
    {
        if (!isSingle)
        {
            query.Refuse(ErrorCodes.BadRequest, "If-Match", "If-Match goes with calls about one asset; in a bulk, give expectedVersion with each asset");
            return null;
        }

        if (EntityTags.TryReadVersions(request.Headers.IfMatch, out var condition))
        {
            return condition;
        }

        query.Refuse(ErrorCodes.BadRequest, "If-Match", "If-Match must be * or a list of versions in quotes, such as \"3\"");
        return null;
    }
}
