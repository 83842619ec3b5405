namespace Cartulary.Core.Types;

/// <summary>The kinds of type definition that can be saved (Apache Atlas type system, "Types").</summary>
public enum TypeCategory
{
    /// <summary>A closed list of text elements.</summary>
    Enum,

    /// <summary>A value made of named attributes, without identity of its own.</summary>
    Struct,

    /// <summary>A tag definition.</summary>
    Classification,

    /// <summary>A type of asset.</summary>
    Entity,

    /// <summary>A type of edge between two assets.</summary>
    Relationship,

    /// <summary>A custom metadata set.</summary>
    BusinessMetadata,
}
