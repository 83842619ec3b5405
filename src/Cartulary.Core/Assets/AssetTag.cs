using System.Collections.Immutable;

namespace Cartulary.Core.Assets;

/// <summary>A tag that an asset carries. Two tags are equal when all that is said of them is.</summary>
/// <param name="TypeId">The number of the tag's type.</param>
/// <param name="Source">The asset that was tagged: the asset itself, or another one from which the tag is passed on.</param>
public sealed record AssetTag(int TypeId, Guid Source)
{
    /// <summary>Whether assets that depend on the tagged one get the tag as well.</summary>
    public bool Propagate { get; init; }

    /// <summary>Whether those assets lose it when the tagged one is archived.</summary>
    public bool RemovePropagationsOnEntityDelete { get; init; }

    /// <summary>Whether lineage does not pass it on.</summary>
    public bool RestrictPropagationThroughLineage { get; init; }

    /// <summary>Whether parts do not get it from what contains them.</summary>
    public bool RestrictPropagationThroughHierarchy { get; init; }

    /// <summary>The tag's own attributes that have a value, by number.</summary>
    public ImmutableArray<AttributeValue> Attributes { get; init; } = [];

    /// <summary>When it holds, in the order given; always when empty.</summary>
    public ImmutableArray<TagValidity> ValidityPeriods { get; init; } = [];

    /// <summary>What makes it one of the asset's tags.</summary>
    public TagKey Key => new(TypeId, Source);

    /// <inheritdoc/>
    public bool Equals(AssetTag? other) => other is not null
        && Key == other.Key
        && Propagate == other.Propagate
        && RemovePropagationsOnEntityDelete == other.RemovePropagationsOnEntityDelete
        && RestrictPropagationThroughLineage == other.RestrictPropagationThroughLineage
        && RestrictPropagationThroughHierarchy == other.RestrictPropagationThroughHierarchy
        && Attributes.AsSpan().SequenceEqual(other.Attributes.AsSpan())
        && ValidityPeriods.AsSpan().SequenceEqual(other.ValidityPeriods.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Key, Propagate, Attributes.Length, ValidityPeriods.Length);
}
