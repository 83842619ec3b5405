using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>A query in Apache Atlas's own language, such as <c>from Table where name like "*orders*" orderby name limit 10</c>.</summary>
/// <param name="Source">A type, or a tag.</param>
/// <param name="Filter">The conditions; null for none.</param>
/// <param name="Select">The attributes that are told as rows; empty for whole assets.</param>
/// <param name="OrderBy">The attribute that orders; null for none.</param>
/// <param name="IsDescending">Whether the order is descending.</param>
/// <param name="Limit">How many; null where the query does not say.</param>
/// <param name="Offset">How many are passed over; null where the query does not say.</param>
public sealed record TypeQuery(
    string Source, AssetFilter? Filter, ImmutableArray<SelectedColumn> Select, string? OrderBy, bool IsDescending, int? Limit, int? Offset);

/// <summary>A column of rows.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="Name">The column's name.</param>
public sealed record SelectedColumn(string Attribute, string Name);
