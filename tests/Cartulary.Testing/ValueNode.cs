using System.Collections.Immutable;
using System.Numerics;

namespace Cartulary.Testing;

/// <summary>A value of an attribute, before it is spelled as JSON in one way or another.</summary>
public abstract record ValueNode
{
    private ValueNode()
    {
    }

    /// <summary>A text, or an element of an enum.</summary>
    public sealed record Text(string Value, bool IsEnum) : ValueNode;

    /// <summary>A boolean.</summary>
    public sealed record Truth(bool Value) : ValueNode;

    /// <summary>A number: digits and a power of ten.</summary>
    public sealed record Number(BigInteger Digits, int Exponent) : ValueNode;

    /// <summary>A moment in epoch milliseconds.</summary>
    public sealed record Moment(long Milliseconds) : ValueNode;

    /// <summary>An array; a set where order and repeats mean nothing.</summary>
    public sealed record Many(ImmutableArray<ValueNode> Members, bool IsSet) : ValueNode;

    /// <summary>A map, without two equal keys.</summary>
    public sealed record Map(ImmutableArray<KeyValuePair<ValueNode, ValueNode>> Entries) : ValueNode;

    /// <summary>A struct, with the attributes that have a value and those that have none.</summary>
    public sealed record Struct(string TypeName, ImmutableArray<KeyValuePair<string, ValueNode>> Members, ImmutableArray<string> Absent) : ValueNode;
}
