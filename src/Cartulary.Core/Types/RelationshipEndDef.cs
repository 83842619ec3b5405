namespace Cartulary.Core.Types;

/// <summary>One end of a relationship definition.</summary>
public sealed record RelationshipEndDef
{
    /// <summary>The asset type that may stand at this end; subtypes included.</summary>
    public required string Type { get; init; }

    /// <summary>The attribute name by which assets at this end see the other end.</summary>
    public required string Name { get; init; }

    /// <summary>True when the asset at this end contains the other.</summary>
    public bool IsContainer { get; init; }

    /// <summary>SINGLE when an asset at this end may have one partner only, else SET.</summary>
    public Cardinality Cardinality { get; init; }

    /// <summary>Recorded for clients; has no effect here.</summary>
    public bool IsLegacyAttribute { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }
}
