namespace Cartulary.Core.Types;

/// <summary>How many values an attribute or a relationship end may hold.</summary>
public enum Cardinality
{
    /// <summary>At most one value.</summary>
    Single,

    /// <summary>Several values, in order.</summary>
    List,

    /// <summary>Several values without order or repeats.</summary>
    Set,
}
