using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// The fields by which assets can be searched, as one registry gives them. Their names are those of Atlan's index; the rules are
/// in docs/reference/search-fields.md. The same registry always gives the same fields.
/// </summary>
public sealed class SearchFields
{
    private static readonly ConditionalWeakTable<TypeRegistry, SearchFields> Known = [];
    private readonly FrozenDictionary<string, SearchField> _byName;
    private readonly FrozenDictionary<int, ImmutableArray<SearchField>> _byAttribute;
    private readonly FrozenDictionary<(int Tag, int Attribute), SearchField> _byTag;

    internal SearchFields(
        IReadOnlyDictionary<string, SearchField> byName,
        IReadOnlyDictionary<int, ImmutableArray<SearchField>> byAttribute,
        IReadOnlyDictionary<(int Tag, int Attribute), SearchField> byTag)
    {
        _byTag = byTag.ToFrozenDictionary();
        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
        _byAttribute = byAttribute.ToFrozenDictionary();
        All = [.. byName.Where(named => named.Key == named.Value.Name).Select(named => named.Value).OrderBy(field => field.Name, StringComparer.Ordinal)];
    }

    /// <summary>How the names of fields begin that hold attributes of tags: the tag's name and the attribute's follow.</summary>
    internal const string OfTags = "__classifications.";

    /// <summary>Every field once, in the ordinal order of their names.</summary>
    public ImmutableArray<SearchField> All { get; }

    /// <summary>The fields of a registry.</summary>
    public static SearchFields Of(TypeRegistry registry) => Known.GetValue(registry, SearchFieldsBuilder.Build);

    /// <summary>The field that a query calls by a name, or null. Several names may mean one field, whose own name is then another.</summary>
    public SearchField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The field that holds the values of a tag's attribute; null when it is not searched.</summary>
    internal SearchField? OfTag(int tagId, int attributeId) => _byTag.GetValueOrDefault((tagId, attributeId));

    /// <summary>The fields that hold the values of an attribute; none for one that is not searched.</summary>
    internal ImmutableArray<SearchField> OfAttribute(int attributeId) => _byAttribute.TryGetValue(attributeId, out var fields) ? fields : [];
}
