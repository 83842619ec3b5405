using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Cartulary.Server.Endpoints.Assets;

/// <summary>Which headers of a request are kept with its save and shown in its events. Never one that holds a secret.</summary>
internal static class EventHeaders
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The headers to keep, with their spelling as received; those too long or too many are left out.</summary>
    public static ImmutableSortedDictionary<string, string> Of(IHeaderDictionary headers, int countMax, int lengthMax)
    {
        var kept = headers.Where(header => IsKept(header.Key))
            .Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()))
            .Where(header => !header.Key.Equals("traceparent", StringComparison.OrdinalIgnoreCase) || ActivityContext.TryParse(header.Value, traceState: null, out _))
            .Where(header => header.Value.Length <= lengthMax && header.Key.Length <= lengthMax)
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .Take(countMax);
        return None.AddRange(kept);
    }

    private static bool IsKept(string name) =>
        name.StartsWith("x-atlan-", StringComparison.OrdinalIgnoreCase)
        || name.Equals("origin", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-amzn-trace-id", StringComparison.OrdinalIgnoreCase)
        || name.Equals("traceparent", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-cartulary-origin", StringComparison.OrdinalIgnoreCase)
        || name.Equals("x-cartulary-cause", StringComparison.OrdinalIgnoreCase);
}
