namespace Cartulary.Core.Assets;

/// <summary>
/// What makes a tag of an asset one of its own: its type, and the asset from which it comes. Ordered by the number of the type,
/// then by the guid; the default is the key of no tag.
/// </summary>
/// <param name="TypeId">The number of the tag's type.</param>
/// <param name="Source">The asset that was tagged: the asset itself, or another one from which the tag is passed on.</param>
public readonly record struct TagKey(int TypeId, Guid Source) : IComparable<TagKey>
{
    /// <inheritdoc/>
    public int CompareTo(TagKey other) => TypeId == other.TypeId ? Source.CompareTo(other.Source) : TypeId.CompareTo(other.TypeId);

    /// <summary>Whether one comes before another.</summary>
    public static bool operator <(TagKey left, TagKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether one comes after another.</summary>
    public static bool operator >(TagKey left, TagKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not come after another.</summary>
    public static bool operator <=(TagKey left, TagKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not come before another.</summary>
    public static bool operator >=(TagKey left, TagKey right) => left.CompareTo(right) >= 0;
}
