namespace Cartulary.Core.Types;

/// <summary>An array; of primitives or enums it is a set, of anything else a sequence.</summary>
public sealed class ArrayType : DataType
{
    internal ArrayType(DataType element)
        : base($"array<{element.Name}>")
    {
        Element = element;
        IsSet = element is PrimitiveType or EnumType;
    }

    /// <summary>The type of each element.</summary>
    public DataType Element { get; }

    /// <summary>True when order and repeats mean nothing.</summary>
    public bool IsSet { get; }
}
