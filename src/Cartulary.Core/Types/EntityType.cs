using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Cartulary.Core.Types;

/// <summary>
/// A resolved asset type with everything it inherits. A catalog has hundreds of types and uses few of them, so the tables of a type
/// are made when they are first asked for.
/// </summary>
public sealed class EntityType
{
    private readonly ImmutableArray<ImmutableArray<AssetAttribute>> _declared;
    private ILookup<string, EndAttribute> _allEnds = Enumerable.Empty<EndAttribute>().ToLookup(end => end.Name, StringComparer.Ordinal);
    private AssetAttribute[]? _all;
    private AttributeTable? _attributes;
    private EndTable? _ends;

    /// <summary>First step of building a registry.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="definition">The definition as saved.</param>
    /// <param name="superTypeNames">All supertypes, nearest first.</param>
    /// <param name="declared">The attributes that each of the supertypes declares, the farthest first, and then its own.</param>
    internal EntityType(int id, EntityDef definition, ImmutableArray<string> superTypeNames, ImmutableArray<ImmutableArray<AssetAttribute>> declared)
    {
        Id = id;
        Definition = definition;
        SuperTypeNames = superTypeNames;
        _declared = declared;
        EncodedName = JsonEncodedText.Encode(definition.Name);
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
    public ImmutableArray<AssetAttribute> Attributes => ImmutableCollectionsMarshal.AsImmutableArray(
        _all ??= [.. _declared.SelectMany(attributes => attributes).DistinctBy(attribute => attribute.Name, StringComparer.Ordinal)]);

    /// <summary>The attributes whose values identify assets, <c>qualifiedName</c> first.</summary>
    public ImmutableArray<AssetAttribute> UniqueAttributes => Table.Unique;

    /// <summary>The attributes that a create must give.</summary>
    public ImmutableArray<AssetAttribute> MandatoryAttributes => Table.Mandatory;

    /// <summary>The attributes that have a default value.</summary>
    public ImmutableArray<AssetAttribute> DefaultedAttributes => Table.Defaulted;

    /// <summary>Names of attributes that are stamped when others change.</summary>
    public FrozenSet<string> CompanionNames => Table.Companions;

    /// <summary>All relationship attributes, inherited ones included, by name.</summary>
    public ImmutableArray<EndAttribute> Ends => EndsTable.All;

    /// <summary>The relationship attributes that a create must give.</summary>
    public ImmutableArray<EndAttribute> MandatoryEnds => EndsTable.Mandatory;

    private AttributeTable Table => _attributes ??= new AttributeTable(Attributes);

    private EndTable EndsTable => _ends ??= new EndTable(SuperTypeNames.Append(Name).SelectMany(name => _allEnds[name]));

    /// <summary>The attribute of that name, or null.</summary>
    public AssetAttribute? Attribute(string name) => Table.ByName.GetValueOrDefault(name);

    /// <summary>The relationship attributes of that name; several relationships may share one, told apart by their type name.</summary>
    public ImmutableArray<EndAttribute> EndsNamed(string name) => EndsTable.ByName.TryGetValue(name, out var ends) ? ends : [];

    /// <summary>Whether this type is the named one or inherits from it.</summary>
    public bool Is(string typeName) => Name == typeName || SuperTypeNames.AsSpan().Contains(typeName);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Second step of building a registry: ends need all types.</summary>
    /// <param name="ends">The relationship attributes of all types, by the type that has them.</param>
    /// <param name="subTypeIds">All subtypes at any depth.</param>
    internal void Complete(ILookup<string, EndAttribute> ends, FrozenSet<int> subTypeIds)
    {
        _allEnds = ends;
        SubTypeIds = subTypeIds;
    }

    private sealed class AttributeTable
    {
        public AttributeTable(ImmutableArray<AssetAttribute> all)
        {
            ByName = all.ToFrozenDictionary(attribute => attribute.Name, StringComparer.Ordinal);
            Unique = [.. all.Where(attribute => attribute.Definition.IsUnique)];
            Mandatory = [.. all.Where(attribute => !attribute.Definition.IsOptional)];
            Defaulted = [.. all.Where(attribute => attribute.Default is not null)];
            Companions = all.SelectMany(attribute => attribute.UserCompanions.Concat(attribute.TimestampCompanions)).ToFrozenSet(StringComparer.Ordinal);
        }

        public FrozenDictionary<string, AssetAttribute> ByName { get; }

        public ImmutableArray<AssetAttribute> Unique { get; }

        public ImmutableArray<AssetAttribute> Mandatory { get; }

        public ImmutableArray<AssetAttribute> Defaulted { get; }

        public FrozenSet<string> Companions { get; }
    }

    private sealed class EndTable
    {
        public EndTable(IEnumerable<EndAttribute> ends)
        {
            All = [.. ends.OrderBy(end => end.Name, StringComparer.Ordinal).ThenBy(end => end.Relationship.Id)];
            Mandatory = [.. All.Where(end => end.IsMandatory)];
            ByName = All.GroupBy(end => end.Name, StringComparer.Ordinal).ToFrozenDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
        }

        public ImmutableArray<EndAttribute> All { get; }

        public ImmutableArray<EndAttribute> Mandatory { get; }

        public FrozenDictionary<string, ImmutableArray<EndAttribute>> ByName { get; }
    }
}
