using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>Settings of a catalog itself, kept in it beside its types, so that every server has the same. Equality is by value.</summary>
/// <param name="IgnoredAttributes">
/// Names of attributes that alone never make a save a change, in ordinal order: where nothing else differs, nothing is written.
/// Where something else does, they are written and told with it.
/// </param>
public sealed record CatalogSettings(ImmutableArray<string> IgnoredAttributes)
{
    /// <summary>The connections that are being deleted. They are no setting that anybody gives, and hold for every save like one.</summary>
    public ImmutableArray<RunningDeletion> Deletions { get; init; } = [];

    /// <summary>The settings of a new catalog: nothing is ignored.</summary>
    public static CatalogSettings Default { get; } = new([]);

    /// <inheritdoc/>
    public bool Equals(CatalogSettings? other) => other is not null && IgnoredAttributes.SequenceEqual(other.IgnoredAttributes, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => IgnoredAttributes.Length;
}
