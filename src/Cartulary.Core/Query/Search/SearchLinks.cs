using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Query.Search;

/// <summary>The assets that a search sees of an asset through its live edges.</summary>
/// <param name="Meanings">The terms that it is given as meanings.</param>
/// <param name="Categories">Of a term, its categories.</param>
/// <param name="Parent">Of a category, the one above it; null when there is none.</param>
public sealed record SearchLinks(ImmutableArray<StoredAsset> Meanings, ImmutableArray<StoredAsset> Categories, StoredAsset? Parent)
{
    /// <summary>No links.</summary>
    public static SearchLinks None { get; } = new([], [], null);

    /// <summary>All of them.</summary>
    internal IEnumerable<StoredAsset> All => Parent is null ? Meanings.Concat(Categories) : Meanings.Concat(Categories).Append(Parent);
}
