using System.Collections.Frozen;

namespace Cartulary.Server.Telemetry;

/// <summary>
/// Says which part of the reference's API a request meant that no endpoint answers, in words of our own only: so that users see
/// what their clients miss, and no client can make labels.
/// </summary>
internal static class UnknownEndpoints
{
    private const string Other = "other";

    private static readonly FrozenDictionary<string, (string Name, FrozenSet<string> Parts)> Apis = new[]
    {
        Api("/api/meta/", "meta", "entity", "types", "glossary", "relationship", "search", "lineage", "task", "business-policy", "featureflag", "migration", "model"),
        Api("/api/atlas/v2/", "atlas", "entity", "types", "glossary", "relationship", "search", "lineage", "async", "indexrecovery"),
        Api("/api/atlas/admin/", "admin", "audits", "expimpaudit", "export", "import", "patches", "stack", "tasks"),
        Api(
            "/api/service/", "service", "apikeys", "credentials", "evaluates", "files", "groups", "images", "logs", "oauth-clients", "packages", "roles", "runs",
            "users", "workflows"),
        Api("/api/sql/", "sql", "queries"),
        Api("/events/", "events", "openlineage"),
        Api("/auth/", "auth", "admin", "realms"),
    }.ToFrozenDictionary();

    /// <summary>All labels that there are.</summary>
    public static IEnumerable<string> Labels =>
        Apis.Values.SelectMany(api => api.Parts.Append(Other).Select(part => $"{api.Name}/{part}")).Append(Other);

    /// <summary>The label of a path.</summary>
    public static string LabelOf(string? path)
    {
        var text = path ?? "";
        foreach (var (prefix, (name, parts)) in Apis)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                var part = text[prefix.Length..].Split('/', 2)[0];
                return $"{name}/{(parts.Contains(part) ? part : Other)}";
            }
        }

        return Other;
    }

    private static KeyValuePair<string, (string Name, FrozenSet<string> Parts)> Api(string prefix, string name, params string[] parts) =>
        new(prefix, (name, parts.ToFrozenSet(StringComparer.Ordinal)));
}
