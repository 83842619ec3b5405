using System.Collections.Immutable;

namespace Cartulary.Core.Query.Search;

/// <summary>The fields that every asset has beside its attributes, named as in Atlan's index.</summary>
internal static class SystemFields
{
    public static readonly SearchField Guid = new("__guid", SearchFieldKind.Keyword);
    public static readonly SearchField State = new("__state", SearchFieldKind.Keyword);
    public static readonly SearchField TypeName = new("__typeName.keyword", SearchFieldKind.FoldedKeyword);
    public static readonly SearchField SuperTypeNames = new("__superTypeNames.keyword", SearchFieldKind.FoldedKeyword);
    public static readonly SearchField Created = new("__timestamp", SearchFieldKind.Integer, IsDate: true);
    public static readonly SearchField Modified = new("__modificationTimestamp", SearchFieldKind.Integer, IsDate: true);
    public static readonly SearchField CreatedBy = new("__createdBy", SearchFieldKind.Keyword);
    public static readonly SearchField ModifiedBy = new("__modifiedBy", SearchFieldKind.Keyword);
    public static readonly SearchField Tags = new("__traitNames", SearchFieldKind.Keyword);
    public static readonly SearchField PropagatedTags = new("__propagatedTraitNames", SearchFieldKind.Keyword);
    public static readonly SearchField TagsText = new("__classificationsText", SearchFieldKind.Text);
    public static readonly SearchField TagsVerbatim = new("__classificationsText.text", SearchFieldKind.Text);
    public static readonly SearchField Meanings = new("__meanings", SearchFieldKind.Keyword);
    public static readonly SearchField MeaningNames = new("__meaningNames", SearchFieldKind.Keyword);
    public static readonly SearchField MeaningsText = new("__meaningsText", SearchFieldKind.Text);
    public static readonly SearchField Glossary = new("__glossary", SearchFieldKind.Keyword);
    public static readonly SearchField Categories = new("__categories", SearchFieldKind.Keyword);
    public static readonly SearchField ParentCategory = new("__parentCategory", SearchFieldKind.Keyword);
    public static readonly SearchField HasLineage = new("__hasLineage", SearchFieldKind.Boolean);
    public static readonly SearchField CustomAttributes = new("__customAttributes", SearchFieldKind.Text);
    public static readonly SearchField Labels = new("__labels", SearchFieldKind.Keyword);

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<SearchField> All =
    [
        Guid, State, TypeName, SuperTypeNames, Created, Modified, CreatedBy, ModifiedBy, Tags, PropagatedTags, TagsText, TagsVerbatim,
        Meanings, MeaningNames, MeaningsText, Glossary, Categories, ParentCategory, HasLineage, CustomAttributes, Labels,
    ];

    /// <summary>Other names of them.</summary>
    public static readonly ImmutableArray<(string Name, SearchField Field)> Aliases =
    [
        ("__typeName", TypeName),
        ("__superTypeNames", SuperTypeNames),
        ("__timestamp.date", Created),
        ("__modificationTimestamp.date", Modified),
        ("__classificationNames", Tags),
        ("__propagatedClassificationNames", PropagatedTags),
        ("__meaningsText.text", MeaningsText),
        ("__customAttributes.text", CustomAttributes),
    ];
}
