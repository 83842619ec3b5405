using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Types;

/// <summary>A resolved tag with everything it inherits.</summary>
public sealed class ClassificationType
{
    private readonly FrozenDictionary<string, AssetAttribute> _attributes;

    internal ClassificationType(
        int id, ClassificationDef definition, ImmutableArray<string> superTypeNames, ImmutableArray<string> entityTypes, ImmutableArray<AssetAttribute> attributes)
    {
        Id = id;
        Definition = definition;
        SuperTypeNames = superTypeNames;
        EntityTypes = entityTypes;
        Attributes = attributes;
        EncodedName = JsonEncodedText.Encode(definition.Name);
        _attributes = attributes.ToFrozenDictionary(attribute => attribute.Name, StringComparer.Ordinal);
    }

    /// <summary>A number that stands for the tag in stored values.</summary>
    public int Id { get; }

    /// <summary>The tag's name, which may be one that the server made up.</summary>
    public string Name => Definition.Name;

    /// <summary>The name, ready to be written to JSON.</summary>
    public JsonEncodedText EncodedName { get; }

    /// <summary>The name for people.</summary>
    public string DisplayName => Definition.DisplayName ?? Definition.Name;

    /// <summary>The definition as saved.</summary>
    public ClassificationDef Definition { get; }

    /// <summary>All supertypes, nearest first.</summary>
    public ImmutableArray<string> SuperTypeNames { get; }

    /// <summary>All subtypes at any depth, by id; this tag not included.</summary>
    public FrozenSet<int> SubTypeIds { get; private set; } = FrozenSet<int>.Empty;

    /// <summary>The asset types that may have the tag, subtypes included; empty for all.</summary>
    public ImmutableArray<string> EntityTypes { get; }

    /// <summary>All attributes, inherited ones first.</summary>
    public ImmutableArray<AssetAttribute> Attributes { get; }

    /// <summary>The attribute of that name, or null.</summary>
    public AssetAttribute? Attribute(string name) => _attributes.GetValueOrDefault(name);

    /// <summary>Whether this tag is the named one or inherits from it.</summary>
    public bool Is(string name) => Name == name || SuperTypeNames.AsSpan().Contains(name);

    /// <summary>Whether assets of a type may have the tag.</summary>
    public bool AppliesTo(EntityType type) => EntityTypes.IsEmpty || EntityTypes.Any(type.Is);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Second step of building a registry: subtypes need all tags.</summary>
    internal void Complete(FrozenSet<int> subTypeIds) => SubTypeIds = subTypeIds;
}
