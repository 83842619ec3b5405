namespace Cartulary.Core.Types;

/// <summary>A map from a primitive key to a value.</summary>
public sealed class MapType : DataType
{
    internal MapType(DataType key, DataType value)
        : base($"map<{key.Name},{value.Name}>")
    {
        Key = key;
        Value = value;
    }

    /// <summary>The type of the keys.</summary>
    public DataType Key { get; }

    /// <summary>The type of the values.</summary>
    public DataType Value { get; }
}
