using System.Collections.Immutable;
using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// Gives names to the fields of a registry. A name that could mean two things means the first of: a field that every asset has,
/// an attribute, a form of an attribute, custom metadata by its set and its own name, by its own name alone.
/// </summary>
internal sealed class SearchFieldsBuilder
{
    private readonly Dictionary<string, SearchField> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, ImmutableArray<SearchField>> _byAttribute = [];
    private readonly Dictionary<(int Tag, int Attribute), SearchField> _byTag = [];

    /// <summary>The fields of a registry.</summary>
    public static SearchFields Build(TypeRegistry registry)
    {
        var builder = new SearchFieldsBuilder();
        builder.AddSystem();
        builder.AddAttributes(registry);
        builder.AddCustomMetadata(registry);
        builder.AddTags(registry);
        return new SearchFields(builder._byName, builder._byAttribute, builder._byTag);
    }

    private void AddSystem()
    {
        foreach (var field in SystemFields.All)
        {
            _byName.Add(field.Name, field);
        }

        foreach (var (name, field) in SystemFields.Aliases)
        {
            _byName.Add(name, field);
        }
    }

    /// <summary>Attributes of one name have one field, whichever types declare them.</summary>
    private void AddAttributes(TypeRegistry registry)
    {
        var named = registry.Entities.SelectMany(type => type.Attributes).DistinctBy(attribute => attribute.Id)
            .GroupBy(attribute => attribute.Name, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Name: group.Key, Attributes: group.ToList(), Form: FormOf(group)))
            .Where(one => one.Form is not null && !_byName.ContainsKey(one.Name))
            .ToList();
        foreach (var (name, _, form) in named)
        {
            _byName.Add(name, new SearchField(name, form!.Value.Kind, form.Value.IsDate));
        }

        foreach (var (name, attributes, form) in named)
        {
            var fields = AddForms(_byName[name], form!.Value);
            attributes.ForEach(attribute => _byAttribute.Add(attribute.Id, fields));
        }
    }

    private static AttributeForm? FormOf(IEnumerable<AssetAttribute> attributes)
    {
        var forms = attributes.Select(AttributeForm.Of).OfType<AttributeForm>().Distinct().ToList();
        return forms.Count == 0 ? null : forms.Aggregate(AttributeForm.Both);
    }

    private void AddCustomMetadata(TypeRegistry registry)
    {
        foreach (var set in registry.BusinessMetadataSets)
        {
            foreach (var attribute in set.Attributes)
            {
                var name = $"{set.Name}.{attribute.Name}";
                if (AttributeForm.Of(attribute.Type) is { } form && _byName.TryAdd(name, new SearchField(name, form.Kind, form.IsDate)))
                {
                    _byAttribute.Add(attribute.Id, AddForms(_byName[name], form));
                }
            }
        }

        foreach (var attribute in registry.BusinessMetadataSets.SelectMany(set => set.Attributes))
        {
            if (_byAttribute.TryGetValue(attribute.Id, out var fields) && _byName.TryAdd(attribute.Name, fields[0]))
            {
                foreach (var suffix in new[] { ".keyword", ".text", ".date" })
                {
                    if (_byName.TryGetValue(fields[0].Name + suffix, out var form))
                    {
                        _byName.TryAdd(attribute.Name + suffix, form);
                    }
                }
            }
        }
    }

    /// <summary>Each tag has fields of its own for what it inherits, too: an asset may have several tags of one family.</summary>
    private void AddTags(TypeRegistry registry)
    {
        foreach (var tag in registry.Classifications)
        {
            foreach (var attribute in tag.Attributes)
            {
                var name = $"{SearchFields.OfTags}{tag.Name}.{attribute.Name}";
                if (AttributeForm.Of(attribute.Type) is { } form && _byName.TryAdd(name, new SearchField(name, form.Kind, form.IsDate)))
                {
                    _byTag.Add((tag.Id, attribute.Id), _byName[name]);
                }
            }
        }
    }

    /// <summary>Names the other forms of a field; gives the fields that hold its values.</summary>
    private ImmutableArray<SearchField> AddForms(SearchField plain, AttributeForm form)
    {
        var fields = ImmutableArray.CreateBuilder<SearchField>();
        fields.Add(plain);
        if (plain.Kind == SearchFieldKind.Text)
        {
            _byName.TryAdd($"{plain.Name}.text", plain);
            AddForm(fields, new SearchField($"{plain.Name}.keyword", SearchFieldKind.FoldedKeyword));
            AddForm(fields, new SearchField(plain.Name + SearchWords.StemmedSuffix, SearchFieldKind.Text));
        }
        else if (form.IsText)
        {
            _byName.TryAdd($"{plain.Name}.keyword", plain);
            AddForm(fields, new SearchField($"{plain.Name}.text", SearchFieldKind.Text));
        }
        else if (plain.IsDate)
        {
            _byName.TryAdd($"{plain.Name}.date", plain);
        }
        else if (plain.Kind is SearchFieldKind.Integer or SearchFieldKind.Decimal)
        {
            _byName.TryAdd($"{plain.Name}.rank_feature", plain);
        }

        return fields.ToImmutable();
    }

    private void AddForm(ImmutableArray<SearchField>.Builder fields, SearchField form)
    {
        if (_byName.TryAdd(form.Name, form))
        {
            fields.Add(form);
        }
    }
}
