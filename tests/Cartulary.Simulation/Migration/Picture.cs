using System.Globalization;
using System.Text.Json;

namespace Cartulary.Simulation.Migration;

/// <summary>All that a catalog tells over HTTP, now and of its past, by the path that was asked.</summary>
internal static class Picture
{
    private static readonly string[] Lists =
        ["/api/meta/types/typedefs", "/api/keys", "/api/settings", "/api/events/snapshot?limit=10", "/api/events?after=0&limit=5000", "/api/events?limit=5000"];

    public static async Task<SortedDictionary<string, string>> OfAsync(HostedCatalog catalog)
    {
        var picture = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in await PathsAsync(catalog))
        {
            picture[path] = await catalog.GetAsync(path);
        }

        return picture;
    }

    private static async Task<List<string>> PathsAsync(HostedCatalog catalog)
    {
        var feed = await catalog.ReadAsync("/api/events?limit=5000");
        var (log, oldest, head) = (feed.GetProperty("log").GetString(), feed.GetProperty("oldest").GetInt64(), feed.GetProperty("head").GetInt64());
        var paths = new List<string>(Lists);
        for (var after = oldest - 1; after < head; after += 7)
        {
            paths.Add(Text($"/api/events?log={log}&after={after}&limit=7"));
        }

        foreach (var guid in Guids(feed))
        {
            paths.Add($"/api/meta/entity/guid/{guid}");
            paths.AddRange([$"/api/meta/entity/guid/{guid}/versions", $"/api/meta/entity/guid/{guid}/blame"]);
            paths.AddRange(Enumerable.Range(1, 4).Select(version => Text($"/api/meta/entity/guid/{guid}?version={version}")));
            paths.AddRange(Enumerable.Range(0, 4).Select(part => Text($"/api/meta/entity/guid/{guid}?asOfSequence={oldest + ((head - oldest) * part / 4)}")));
        }

        return paths;
    }

    public static IEnumerable<Guid> Guids(JsonElement feed) => feed.GetProperty("events").EnumerateArray()
        .Select(told => told.GetProperty("envelope").GetProperty("message").GetProperty("entity").GetProperty("guid").GetGuid()).Distinct();

    private static string Text(FormattableString path) => path.ToString(CultureInfo.InvariantCulture);
}
