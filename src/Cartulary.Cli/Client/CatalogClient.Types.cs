using System.Collections.Immutable;

namespace Cartulary.Cli.Client;

/// <content>Type definitions.</content>
internal sealed partial class CatalogClient
{
    // Apache Atlas's address keeps the names that definitions have.
    private const string Typedefs = "api/atlas/v2/types/typedefs";

    /// <summary>All definitions, of one category if asked for.</summary>
    public async Task<ImmutableArray<TypeEntry>> ListTypesAsync(string? category, CancellationToken cancellationToken)
    {
        var query = category is null ? "" : $"?type={Uri.EscapeDataString(category == "businessMetadata" ? "BUSINESS_METADATA" : category)}";
        return [.. TypeEntry.Of(await SendAsync(HttpMethod.Get, $"{Typedefs}{query}", body: null, cancellationToken))];
    }

    /// <summary>Makes definitions in one commit.</summary>
    public async Task<ImmutableArray<TypeEntry>> CreateTypesAsync(IEnumerable<TypeEntry> types, CancellationToken cancellationToken) =>
        [.. TypeEntry.Of(await SendOnceAsync(HttpMethod.Post, Typedefs, TypeEntry.Bundle(types), key: null, cancellationToken))];

    /// <summary>Changes definitions in one commit; those that are what they were stay so.</summary>
    public async Task<ImmutableArray<TypeEntry>> UpdateTypesAsync(IEnumerable<TypeEntry> types, CancellationToken cancellationToken) =>
        [.. TypeEntry.Of(await SendAsync(HttpMethod.Put, Typedefs, TypeEntry.Bundle(types), cancellationToken))];
}
