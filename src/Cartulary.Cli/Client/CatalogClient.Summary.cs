using System.Globalization;
using System.Text.Json;

namespace Cartulary.Cli.Client;

/// <content>Counts of events.</content>
internal sealed partial class CatalogClient
{
    /// <summary>Counts events from a place on, as many as the server looks at in one go.</summary>
    /// <param name="place">The parameter that names the place, and its value.</param>
    /// <param name="filter">Further parameters, each with <c>&amp;</c> before it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<JsonElement> SummarizeAsync((string Name, long Value) place, string filter, CancellationToken cancellationToken) =>
        SendAsync(
            HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"api/events/summary?{place.Name}={place.Value}{filter}"),
            body: null,
            cancellationToken);
}
