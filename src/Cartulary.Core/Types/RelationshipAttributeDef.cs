namespace Cartulary.Core.Types;

/// <summary>How a relationship end shows as an attribute of an asset type.</summary>
public sealed record RelationshipAttributeDef
{
    /// <summary>The attribute's name, given by the relationship's end.</summary>
    public required string Name { get; init; }

    /// <summary>The type at the other end, or <c>array&lt;T&gt;</c> of it for a SET end.</summary>
    public required string TypeName { get; init; }

    /// <summary>False for the child's end of a COMPOSITION: the child needs its parent.</summary>
    public bool IsOptional { get; init; }

    /// <summary>SINGLE or SET.</summary>
    public Cardinality Cardinality { get; init; }

    /// <summary>The relationship typedef that declares the end.</summary>
    public required string RelationshipTypeName { get; init; }

    /// <summary>Recorded for clients; has no effect here.</summary>
    public bool IsLegacyAttribute { get; init; }
}
