using System.Collections.Immutable;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Whether a request may take the short cut, and with which flags: a body means what it means only together with them.</summary>
internal static class ShortCutTerms
{
    private static readonly ImmutableArray<string> Flags =
    [
        "replaceClassifications", "replaceTags", "appendTags", "replaceBusinessAttributes", "overwriteBusinessAttributes", "skipProcessEdgeRestoration",
    ];

    /// <summary>Who asks for these wants more than an answer to the body, or another one.</summary>
    private static readonly ImmutableArray<string> QueriesForMore = ["dryRun", "receipts"];

    /// <summary>The same; a request with a key may have been answered before, and then gets that answer again.</summary>
    private static readonly ImmutableArray<string> HeadersForMore = ["If-Match", "Idempotency-Key", "X-Atlan-Request-Id"];

    /// <summary>A number for the flags of a request that have been found right; null when it must go the long way.</summary>
    public static byte? Of(HttpRequest request)
    {
        if (HeadersForMore.Any(request.Headers.ContainsKey) || QueriesForMore.Any(request.Query.ContainsKey))
        {
            return null;
        }

        var terms = 0;
        var query = new QueryReader(request.Query);
        for (var bit = 0; bit < Flags.Length; bit++)
        {
            terms |= query.Flag(Flags[bit]) ? 1 << bit : 0;
        }

        return (byte)terms;
    }
}
