namespace Cartulary.Core.Query.Search;

/// <summary>A field that can be searched, as the model and the index's naming rules give it.</summary>
/// <param name="Name">The name by which queries call it, such as <c>name.keyword</c>.</param>
/// <param name="Kind">How its values are compared and ordered.</param>
/// <param name="IsDate">Whether its numbers are times in epoch milliseconds.</param>
public sealed record SearchField(string Name, SearchFieldKind Kind, bool IsDate = false);
