using System.Text.Json;

namespace Cartulary.Core.Lineage;

/// <summary>The filters of a request as they were sent; null for none.</summary>
/// <param name="Entities">What is listed.</param>
/// <param name="Traversal">What is reached at all.</param>
/// <param name="Relationships">What is followed.</param>
public sealed record LineageFilters(JsonElement? Entities, JsonElement? Traversal, JsonElement? Relationships)
{
    /// <summary>No filters.</summary>
    public static LineageFilters None { get; } = new(null, null, null);
}
