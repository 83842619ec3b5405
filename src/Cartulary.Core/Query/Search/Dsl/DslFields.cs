using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search.Dsl;

/// <summary>What a search language must know about fields.</summary>
public sealed class DslFields
{
    private static readonly ConditionalWeakTable<TypeRegistry, DslFields> Known = [];
    private readonly SearchFields _fields;
    private readonly FrozenSet<string> _names;

    private DslFields(TypeRegistry registry)
    {
        _fields = SearchFields.Of(registry);
        _names = registry.Entities.SelectMany(type => type.Attributes.Select(attribute => attribute.Name).Concat(type.Ends.Select(end => end.Name)))
            .Concat(registry.BusinessMetadataSets.SelectMany(set => set.Attributes.Select(attribute => $"{set.Name}.{attribute.Name}")))
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The fields of a registry.</summary>
    public static DslFields Of(TypeRegistry registry) => Known.GetValue(registry, static registry => new DslFields(registry));

    /// <summary>The field that queries call by a name; null when the index has none of that name.</summary>
    public SearchField? Find(string name) => _fields.Find(name);

    /// <summary>Whether assets can have something of that name, so that not finding it in the index is no proof of absence.</summary>
    public bool IsKnown(string name) => _names.Contains(name);
}
