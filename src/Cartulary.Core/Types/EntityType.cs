using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Cartulary.Core.Types;

/// <summary>A resolved asset type with everything it inherits.</summary>
public sealed class EntityType
{
    private readonly FrozenDictionary<string, AssetAttribute> _attributes;
    private readonly FrozenSet<string> _family;
    private FrozenDictionary<string, ImmutableArray<EndAttribute>> _ends = FrozenDictionary<string, ImmutableArray<EndAttribute>>.Empty;

    internal EntityType(int id, EntityDef definition, ImmutableArray<string> superTypeNames, ImmutableArray<AssetAttribute> attributes)
    {
        Id = id;
        Definition = definition;
        SuperTypeNames = superTypeNames;
        Attributes = attributes;
        EncodedName = JsonEncodedText.Encode(definition.Name);
        _attributes = attributes.ToFrozenDictionary(attribute => attribute.Name, StringComparer.Ordinal);
        _family = superTypeNames.Append(definition.Name).ToFrozenSet(StringComparer.Ordinal);
        UniqueAttributes = [.. attributes.Where(attribute => attribute.Definition.IsUnique)];
        MandatoryAttributes = [.. attributes.Where(attribute => !attribute.Definition.IsOptional)];
        CompanionNames = attributes.SelectMany(attribute => attribute.UserCompanions.Concat(attribute.TimestampCompanions))
            .ToFrozenSet(StringComparer.Ordinal);
        DefaultedAttributes = [.. attributes.Where(attribute => attribute.Default is not null)];
    }

    /// <summary>A number that stands for the type in stored assets.</summary>
    public int Id { get; }

    /// <summary>The type's name.</summary>
    public string Name => Definition.Name;

    /// <summary>The name, ready to be written to JSON.</summary>
    public JsonEncodedText EncodedName { get; }

    /// <summary>The definition as saved.</summary>
    public EntityDef Definition { get; }

    /// <summary>All supertypes, nearest first.</summary>
    public ImmutableArray<string> SuperTypeNames { get; }

    /// <summary>All subtypes at any depth, by id; this type not included.</summary>
    public FrozenSet<int> SubTypeIds { get; private set; } = FrozenSet<int>.Empty;

    /// <summary>All attributes, inherited ones first.</summary>
    public ImmutableArray<AssetAttribute> Attributes { get; }

    /// <summary>The attributes whose values identify assets, <c>qualifiedName</c> first.</summary>
    public ImmutableArray<AssetAttribute> UniqueAttributes { get; }

    /// <summary>The attributes that a create must give.</summary>
    public ImmutableArray<AssetAttribute> MandatoryAttributes { get; }

    /// <summary>The attributes that have a default value.</summary>
    public ImmutableArray<AssetAttribute> DefaultedAttributes { get; }

    /// <summary>Names of attributes that are stamped when others change.</summary>
    public FrozenSet<string> CompanionNames { get; }

    /// <summary>All relationship attributes, inherited ones included, by name.</summary>
    public ImmutableArray<EndAttribute> Ends { get; private set; } = [];

    /// <summary>The relationship attributes that a create must give.</summary>
    public ImmutableArray<EndAttribute> MandatoryEnds { get; private set; } = [];

    /// <summary>The attribute of that name, or null.</summary>
    public AssetAttribute? Attribute(string name) => _attributes.GetValueOrDefault(name);

    /// <summary>The relationship attributes of that name; several relationships may share one, told apart by their type name.</summary>
    public ImmutableArray<EndAttribute> EndsNamed(string name) => _ends.TryGetValue(name, out var ends) ? ends : [];

    /// <summary>Whether this type is the named one or inherits from it.</summary>
    public bool Is(string typeName) => _family.Contains(typeName);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Second step of building a registry: ends need all types.</summary>
    internal void Complete(IEnumerable<EndAttribute> ends, FrozenSet<int> subTypeIds)
    {
        Ends = [.. ends.OrderBy(end => end.Name, StringComparer.Ordinal).ThenBy(end => end.Relationship.Id)];
        MandatoryEnds = [.. Ends.Where(end => end.IsMandatory)];
        _ends = Ends.GroupBy(end => end.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        SubTypeIds = subTypeIds;
    }
}
