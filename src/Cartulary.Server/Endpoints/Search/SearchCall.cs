using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Errors;
using Cartulary.Core.Query.Search;
using Cartulary.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Search;

/// <summary>Answers a search, or says why there is no answer.</summary>
internal static class SearchCall
{
    /// <summary>Waits for a search, then sends its answer or what is wrong.</summary>
    public static async Task AnswerAsync<T>(
        HttpContext http,
        ValueTask<(AssetPage? Page, T? Read, ImmutableArray<Problem> Problems)> searching,
        Func<AssetPage, T, Task> send,
        CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var (page, read, problems) = await searching;
            await (page is null ? ErrorAnswer.SendAsync(http, problems, cancellationToken) : send(page, read!));
        }
        catch (SearchUnavailableException unavailable)
        {
            http.Response.Headers.RetryAfter = Math.Max((int)Math.Ceiling(unavailable.RetryAfter.TotalSeconds), 1).ToString(CultureInfo.InvariantCulture);
            await ErrorAnswer.SendAsync(http, ErrorCodes.Unavailable, unavailable.Message, cancellationToken);
        }
    }
}
