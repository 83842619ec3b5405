using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>A resolved struct type.</summary>
public sealed class StructType : DataType
{
    private FrozenDictionary<string, AssetAttribute> _byName = FrozenDictionary<string, AssetAttribute>.Empty;

    internal StructType(int id, StructDef definition)
        : base(definition.Name)
    {
        Id = id;
        Definition = definition;
    }

    /// <summary>A number that stands for the struct in stored values.</summary>
    public int Id { get; }

    /// <summary>The definition as saved.</summary>
    public StructDef Definition { get; }

    /// <summary>The attributes in declared order.</summary>
    public ImmutableArray<AssetAttribute> Attributes { get; private set; } = [];

    /// <summary>The attribute of that name, or null.</summary>
    public AssetAttribute? Attribute(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Second step of building a registry: attributes may be of any struct, this one included.</summary>
    internal void Complete(ImmutableArray<AssetAttribute> attributes)
    {
        Attributes = attributes;
        _byName = attributes.ToFrozenDictionary(attribute => attribute.Name, StringComparer.Ordinal);
    }
}
