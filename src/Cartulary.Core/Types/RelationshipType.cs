using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Cartulary.Core.Types;

/// <summary>A resolved relationship type.</summary>
public sealed class RelationshipType
{
    private readonly FrozenDictionary<string, AssetAttribute> _byName;

    internal RelationshipType(int id, RelationshipDef definition, ImmutableArray<AssetAttribute> attributes)
    {
        Id = id;
        Definition = definition;
        Attributes = attributes;
        _byName = attributes.ToFrozenDictionary(attribute => attribute.Name, StringComparer.Ordinal);
        End1 = new EndAttribute(this, EndSide.One);
        End2 = new EndAttribute(this, EndSide.Two);
        IsSymmetric = definition.EndDef1.Type == definition.EndDef2.Type && definition.EndDef1.Name == definition.EndDef2.Name;
    }

    /// <summary>A number that stands for the type in stored edges.</summary>
    public int Id { get; }

    /// <summary>The type's name.</summary>
    public string Name => Definition.Name;

    /// <summary>The definition as saved.</summary>
    public RelationshipDef Definition { get; }

    /// <summary>The attributes an edge may carry.</summary>
    public ImmutableArray<AssetAttribute> Attributes { get; }

    /// <summary>The relationship seen from end 1.</summary>
    public EndAttribute End1 { get; }

    /// <summary>The relationship seen from end 2.</summary>
    public EndAttribute End2 { get; }

    /// <summary>True when both ends are the same attribute of the same type, so that an edge has no direction.</summary>
    public bool IsSymmetric { get; }

    /// <summary>The relationship seen from a side.</summary>
    public EndAttribute End(EndSide side) => side == EndSide.One ? End1 : End2;

    /// <summary>The edge attribute of that name, or null.</summary>
    public AssetAttribute? Attribute(string name) => _byName.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
