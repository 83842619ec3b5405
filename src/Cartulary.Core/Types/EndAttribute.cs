using System.Text.Json;

namespace Cartulary.Core.Types;

/// <summary>A relationship as seen from the assets at one of its ends: the relationship attribute of their type.</summary>
public sealed class EndAttribute
{
    internal EndAttribute(RelationshipType relationship, EndSide side)
    {
        Relationship = relationship;
        Side = side;
        Definition = side == EndSide.One ? relationship.Definition.EndDef1 : relationship.Definition.EndDef2;
        OtherTypeName = (side == EndSide.One ? relationship.Definition.EndDef2 : relationship.Definition.EndDef1).Type;
        EncodedName = JsonEncodedText.Encode(Definition.Name);
    }

    /// <summary>The relationship.</summary>
    public RelationshipType Relationship { get; }

    /// <summary>The end at which the owner of this attribute stands.</summary>
    public EndSide Side { get; }

    /// <summary>The end's definition.</summary>
    public RelationshipEndDef Definition { get; }

    /// <summary>The attribute's name.</summary>
    public string Name => Definition.Name;

    /// <summary>The name, ready to be written to JSON.</summary>
    public JsonEncodedText EncodedName { get; }

    /// <summary>The type that partners must have; subtypes included.</summary>
    public string OtherTypeName { get; }

    /// <summary>True for a SET end, false when there may be one partner only.</summary>
    public bool IsMany => Definition.Cardinality != Cardinality.Single;

    /// <summary>True for a child's end of a COMPOSITION: a child cannot be created without its parent.</summary>
    public bool IsMandatory =>
        Relationship.Definition.RelationshipCategory == RelationshipCategory.Composition && !Definition.IsContainer;

    /// <summary>True for the owner's end of a COMPOSITION: partners are archived and restored with the owner.</summary>
    public bool OwnsPartners =>
        Relationship.Definition.RelationshipCategory == RelationshipCategory.Composition && Definition.IsContainer;

    /// <summary>The same relationship seen from the other end.</summary>
    public EndAttribute Inverse => Side == EndSide.One ? Relationship.End2 : Relationship.End1;

    /// <inheritdoc/>
    public override string ToString() => $"{Definition.Type}.{Name}";
}
