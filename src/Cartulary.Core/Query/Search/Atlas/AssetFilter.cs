using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search.Atlas;

/// <summary>A condition on assets, as Apache Atlas's searches write it.</summary>
public abstract record AssetFilter
{
    private AssetFilter()
    {
    }

    /// <summary>A condition on a value.</summary>
    /// <param name="Name">The attribute, or another field.</param>
    /// <param name="Operator">How it is compared.</param>
    /// <param name="Values">With what; empty where the operator needs nothing.</param>
    /// <param name="Path">Where it stands.</param>
    public sealed record Criterion(string Name, FilterOperator Operator, ImmutableArray<string> Values, string Path) : AssetFilter;

    /// <summary>All of several conditions, or any of them.</summary>
    public sealed record Join(bool IsAnd, ImmutableArray<AssetFilter> Parts) : AssetFilter;

    /// <summary>The opposite of a condition.</summary>
    public sealed record Not(AssetFilter Inner) : AssetFilter;

    /// <summary>A tag, or one of its subtypes.</summary>
    public sealed record Tagged(string Name, string Path) : AssetFilter;
}
