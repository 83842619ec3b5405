namespace Cartulary.Cli.Client;

/// <summary>How a request names one asset.</summary>
/// <param name="Path">The address of the asset.</param>
/// <param name="Query">The part of the query that belongs to it; empty when the address says it all.</param>
internal sealed record AssetName(string Path, string Query)
{
    /// <summary>By guid.</summary>
    public static AssetName Of(string guid) => new($"api/meta/entity/guid/{Uri.EscapeDataString(guid)}", "");

    /// <summary>By type and qualified name.</summary>
    public static AssetName Of(string typeName, string qualifiedName) => new(
        $"api/meta/entity/uniqueAttribute/type/{Uri.EscapeDataString(typeName)}", $"attr:qualifiedName={Uri.EscapeDataString(qualifiedName)}");

    /// <summary>The address of something below the asset; parameters without a value are left out.</summary>
    public string At(string part, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = Query.Length == 0 ? new List<string>() : [Query];
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
            {
                query.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return $"{Path}{part}{(query.Count == 0 ? "" : "?")}{string.Join('&', query)}";
    }
}
