namespace Cartulary.Core.Types;

/// <summary>How tightly the two ends of a relationship belong together.</summary>
public enum RelationshipCategory
{
    /// <summary>Peers; neither end contains the other.</summary>
    Association,

    /// <summary>A container and parts that live on their own.</summary>
    Aggregation,

    /// <summary>An owner and parts that are archived and restored with it.</summary>
    Composition,
}
