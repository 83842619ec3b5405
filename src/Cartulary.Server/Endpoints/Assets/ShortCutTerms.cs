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

    /// <summary>A number for the flags of a request that have been found right; null for one that asks for more than its body says.</summary>
    public static byte? Of(HttpRequest request, SaveWishes wishes)
    {
        if (wishes.DryRun || wishes.Receipts || wishes.IfMatch is not null)
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
