using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using Cartulary.Cli.Exchange;

namespace Cartulary.Cli.Client;

/// <content>Exports and imports.</content>
internal sealed partial class CatalogClient
{
    /// <summary>Opens an export; one of a moment goes on after the lines that are there.</summary>
    public async Task<ExportAnswer> ExportAsync(ExportChoice choice, string? moment, long lines, CancellationToken cancellationToken)
    {
        var query = choice.ToQuery().Concat(moment is null ? [] : new[] { $"moment={Uri.EscapeDataString(moment)}", string.Create(CultureInfo.InvariantCulture, $"lines={lines}") });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"api/export?{string.Join('&', query)}", UriKind.Relative));
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return new ExportAnswer(answer);
        }

        using (answer)
        {
            throw CatalogException.From(answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }

    /// <summary>Takes lines of an export in; says how many were new, and how many were there.</summary>
    public async Task<(long Changed, long Unchanged)> ImportAsync(string list, IEnumerable<string> lines, bool isTrial, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes($"{{\"{list}\":[{string.Join(',', lines)}]}}");

        // Taking the same lines in twice does no harm, so a request whose connection broke is sent again.
        var answer = await SendAsync(HttpMethod.Post, $"api/import{(isTrial ? "?dryRun=true" : "")}", body, NewKey(), cancellationToken);
        return (answer.Number("changed") ?? 0, answer.Number("unchanged") ?? 0);
    }

    /// <summary>Makes definitions of an export, with the names that they have there.</summary>
    public Task CreateExportedTypesAsync(IEnumerable<TypeEntry> types, CancellationToken cancellationToken) =>
        SendOnceAsync(HttpMethod.Post, $"{Typedefs}?keepNames=true&allowDuplicateDisplayName=true", TypeEntry.Bundle(types), key: null, cancellationToken);

    /// <summary>Makes definitions that exist what they are in an export; those that are so already stay so.</summary>
    public async Task<ImmutableArray<TypeEntry>> UpdateExportedTypesAsync(IEnumerable<TypeEntry> types, CancellationToken cancellationToken) =>
        [.. TypeEntry.Of(await SendAsync(HttpMethod.Put, $"{Typedefs}?keepNames=true&allowDuplicateDisplayName=true&patch=true", TypeEntry.Bundle(types), cancellationToken))];
}
