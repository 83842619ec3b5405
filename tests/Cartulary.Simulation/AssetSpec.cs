using System.Collections.Immutable;
using Cartulary.Core.Types;
using Cartulary.Testing;

namespace Cartulary.Simulation;

/// <summary>What an asset should be: all that a payload can say of it.</summary>
internal sealed record AssetSpec(EntityType Type, string Name)
{
    /// <summary>Values by attribute; the name and qualifiedName are beside them.</summary>
    public required ImmutableSortedDictionary<string, ValueNode> Attributes { get; init; }

    /// <summary>Partners by relationship attribute; one that is not here has none.</summary>
    public required ImmutableSortedDictionary<string, ImmutableArray<EdgeSpec>> Edges { get; init; }

    public required ImmutableArray<string> Labels { get; init; }

    public required ImmutableSortedDictionary<string, string> CustomAttributes { get; init; }

    /// <summary>The ends that tests give partners; those of assets that must not lose their owner are left alone.</summary>
    public static IEnumerable<EndAttribute> EndsOf(EntityType type) => type.Ends.Where(end => !end.Inverse.IsMandatory);

    /// <summary>The attributes that tests give values; what the server alone decides is left out.</summary>
    public static IEnumerable<AssetAttribute> AttributesOf(EntityType type) =>
        type.Attributes.Where(attribute => attribute.Name is not ("qualifiedName" or "name" or "__hasLineage"));
}

/// <summary>A partner, with the edge's own attributes.</summary>
internal sealed record EdgeSpec(Prop Partner, ImmutableSortedDictionary<string, ValueNode> Attributes);
