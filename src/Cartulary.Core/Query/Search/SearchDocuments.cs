using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>Makes documents of stored assets: a pure function of the asset, what it is linked to, and the types.</summary>
public static class SearchDocuments
{
    private const string TermType = "AtlasGlossaryTerm";
    private const string CategoryType = "AtlasGlossaryCategory";
    private const char GlossarySeparator = '@';

    /// <summary>Whether the names of assets of a type stand in the documents of others.</summary>
    public static bool AreNamedByOthers(EntityType type) => type.Is(TermType) || type.Is(CategoryType);

    /// <summary>The document of an asset.</summary>
    public static SearchDocument Of(StoredAsset asset, SearchLinks links, TypeRegistry registry)
    {
        var type = registry.Entity(asset.TypeId);
        var fields = new DocumentFields();
        AddOwn(fields, asset, type);
        AddTags(fields, asset, registry);
        AddLinks(fields, links, registry);
        AddGlossary(fields, asset, type);
        var named = SearchFields.Of(registry);
        foreach (var (id, value) in asset.State.Attributes)
        {
            fields.Add(named.OfAttribute(id), value);
        }

        foreach (var (id, value) in asset.State.CustomMetadata)
        {
            fields.Add(named.OfAttribute(id), value);
        }

        return new SearchDocument(asset.Id, asset.Guid, fields.ToImmutable(), [.. links.All.Select(other => other.Guid).Distinct()]);
    }

    private static void AddOwn(DocumentFields fields, StoredAsset asset, EntityType type)
    {
        fields.Add(SystemFields.Guid, [asset.Guid.ToString("D")]);
        fields.Add(SystemFields.State, [asset.Status == AssetStatus.Active ? "ACTIVE" : "DELETED"]);
        fields.Add(SystemFields.TypeName, [type.Name]);
        fields.Add(SystemFields.SuperTypeNames, [type.Name, .. type.SuperTypeNames]);
        fields.Add(SystemFields.Created, [asset.Created.Time.ToString(CultureInfo.InvariantCulture)]);
        fields.Add(SystemFields.Modified, [asset.Updated.Time.ToString(CultureInfo.InvariantCulture)]);
        fields.Add(SystemFields.CreatedBy, [asset.Created.Actor]);
        fields.Add(SystemFields.ModifiedBy, [asset.Updated.Actor]);
        fields.Add(SystemFields.Labels, asset.State.Labels);
        fields.Add(SystemFields.CustomAttributes, asset.State.CustomAttributes.Select(one => $"{one.Key} {one.Value}"));
        var flag = type.Attribute(SystemFields.HasLineage.Name) is { } attribute && asset.State.Find(attribute.Id) is { IsTrue: true };
        fields.Add(SystemFields.HasLineage, [flag ? "true" : "false"]);
    }

    private static void AddTags(DocumentFields fields, StoredAsset asset, TypeRegistry registry)
    {
        var tags = asset.State.Tags;
        fields.Add(SystemFields.Tags, tags.Where(tag => tag.Source == asset.Guid).Select(tag => registry.Classification(tag.TypeId).Name));
        fields.Add(SystemFields.PropagatedTags, tags.Where(tag => tag.Source != asset.Guid).Select(tag => registry.Classification(tag.TypeId).Name));
        fields.Add(SystemFields.TagsText, tags.Select(tag => TextOf(tag, registry)));
        fields.Add(SystemFields.TagsVerbatim, tags.Select(tag => TagText.Of(tag, registry)));
        var named = SearchFields.Of(registry);
        foreach (var values in tags.SelectMany(tag => tag.Attributes.Select(one => (Field: named.OfTag(tag.TypeId, one.AttributeId), one.Value))).Where(one => one.Field is not null).GroupBy(one => one.Field!, one => one.Value))
        {
            fields.Add(values.Key, values.SelectMany(value => DocumentValues.Of(value, values.Key.Kind)));
        }
    }

    /// <summary>The name of a tag, and the names and values of its attributes.</summary>
    private static string TextOf(AssetTag tag, TypeRegistry registry) => string.Join(
        ' ',
        tag.Attributes.SelectMany(one => DocumentValues.Leaves(one.Value).Prepend(registry.Attribute(one.AttributeId).Name))
            .Prepend(registry.Classification(tag.TypeId).Name));

    private static void AddLinks(DocumentFields fields, SearchLinks links, TypeRegistry registry)
    {
        fields.Add(SystemFields.Meanings, Named(links.Meanings, "qualifiedName"));
        fields.Add(SystemFields.MeaningNames, Named(links.Meanings, "name"));
        fields.Add(SystemFields.MeaningsText, Named(links.Meanings, "name"));
        fields.Add(SystemFields.Categories, Named(links.Categories, "qualifiedName"));
        fields.Add(SystemFields.ParentCategory, Named(links.Parent is null ? [] : [links.Parent], "qualifiedName"));

        IEnumerable<string> Named(ImmutableArray<StoredAsset> assets, string attribute) =>
            assets.Select(asset => asset.Text(registry.Entity(asset.TypeId).Attribute(attribute))).OfType<string>();
    }

    /// <summary>The glossary of a term or category stands at the end of its qualified name, also while it is archived.</summary>
    private static void AddGlossary(DocumentFields fields, StoredAsset asset, EntityType type)
    {
        if (AreNamedByOthers(type) && asset.Text(type.Attribute("qualifiedName")) is { } name && name.LastIndexOf(GlossarySeparator) is >= 0 and var at)
        {
            fields.Add(SystemFields.Glossary, [name[(at + 1)..]]);
        }
    }
}
