using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Core.Types;

namespace Cartulary.Core.Tags;

/// <summary>Over which relationship attributes assets of a type pass tags on, and get them.</summary>
internal sealed class TagRoutes
{
    private static readonly ConditionalWeakTable<EntityType, TagRoutes> Known = [];

    private TagRoutes(EntityType type)
    {
        Out = [.. type.Ends.Where(end => Leads(end.Relationship, end.Side))];
        In = [.. type.Ends.Where(end => Leads(end.Relationship, end.Inverse.Side))];
    }

    /// <summary>The attributes whose members get tags from the asset.</summary>
    public ImmutableArray<EndAttribute> Out { get; }

    /// <summary>The attributes whose members the asset gets tags from.</summary>
    public ImmutableArray<EndAttribute> In { get; }

    /// <summary>The routes of a type.</summary>
    public static TagRoutes Of(EntityType type) => Known.GetValue(type, static type => new TagRoutes(type));

    /// <summary>Whether a relationship passes tags on from a side.</summary>
    public static bool Leads(RelationshipType relationship, EndSide from) => relationship.Definition.PropagateTags switch
    {
        TagPropagation.OneToTwo => from == EndSide.One || relationship.IsSymmetric,
        TagPropagation.TwoToOne => from == EndSide.Two || relationship.IsSymmetric,
        TagPropagation.Both => true,
        _ => false,
    };

    /// <summary>The kind of step that an edge of a relationship is.</summary>
    public static TagPath PathOf(RelationshipType relationship)
    {
        var (one, two) = (relationship.Definition.EndDef1, relationship.Definition.EndDef2);
        if (IsLineage(one) || IsLineage(two))
        {
            return TagPath.Lineage;
        }

        return one.IsContainer || two.IsContainer ? TagPath.Hierarchy : TagPath.Peer;
    }

    private static bool IsLineage(RelationshipEndDef end) => end is { Type: "Process", Name: "inputs" or "outputs" };
}
