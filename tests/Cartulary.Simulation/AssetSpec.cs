using System.Collections.Frozen;
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

    /// <summary>Attributes that the rules of some type decide or check; scenarios are about them.</summary>
    private static readonly FrozenSet<string> RuledAttributes = FrozenSet.Create(
        StringComparer.Ordinal,
        "qualifiedName", "name", "__hasLineage", "lexicographicalSortOrder", "domainGUIDs", "adminUsers", "link", "parentDomainQualifiedName", "superDomainQualifiedName",
        "daapOutputPortGuids", "daapInputPortGuids", "daapLineageStatus", "parentQualifiedName", "collectionQualifiedName");

    /// <summary>Relationship attributes whose partners the rules of some type restrict; scenarios are about them.</summary>
    private static readonly FrozenSet<string> RuledEnds = FrozenSet.Create(
        StringComparer.Ordinal,
        "AtlasGlossaryTerm.categories", "AtlasGlossaryCategory.terms", "AtlasGlossaryCategory.parentCategory", "AtlasGlossaryCategory.childrenCategories",
        "DataDomain.parentDomain", "DataDomain.subDomains", "DataDomain.dataProducts", "DataProduct.outputPorts", "DataProduct.inputPorts",
        "Asset.outputPortDataProducts", "Asset.inputPortDataProducts");

    /// <summary>Whether the rules of some type decide or check an attribute.</summary>
    public static bool IsRuled(string attribute) => RuledAttributes.Contains(attribute);

    /// <summary>Whether an asset cannot be without a partner there.</summary>
    public static bool Needs(EndAttribute end) => end.IsMandatory || end.ToString() == "DataProduct.dataDomain";

    /// <summary>The ends that tests give partners; those of assets that must not lose their owner are left alone.</summary>
    public static IEnumerable<EndAttribute> EndsOf(EntityType type) =>
        type.Ends.Where(end => !end.Inverse.IsMandatory && !RuledEnds.Contains(end.ToString())).DistinctBy(end => end.Name);

    /// <summary>The attributes that tests give values; what the server alone decides is left out.</summary>
    public static IEnumerable<AssetAttribute> AttributesOf(EntityType type) =>
        type.Attributes.Where(attribute => !IsRuled(attribute.Name));
}

/// <summary>A partner, with the edge's own attributes.</summary>
internal sealed record EdgeSpec(Prop Partner, ImmutableSortedDictionary<string, ValueNode> Attributes);
