using Cartulary.Core.Types;

namespace Cartulary.Core.Query.Search;

/// <summary>
/// What documents depend on of the types. While every line that one registry gives is given by a later one too, documents made
/// with the first are what the later one would make.
/// </summary>
public static class SearchSchema
{
    /// <summary>The lines of a registry, in no particular order.</summary>
    public static IEnumerable<string> Lines(TypeRegistry registry)
    {
        var fields = SearchFields.Of(registry);
        var attributes = registry.Entities.SelectMany(type => type.Attributes).DistinctBy(attribute => attribute.Id)
            .Concat(registry.BusinessMetadataSets.SelectMany(set => set.Attributes).Select(attribute => attribute.Attribute));
        return registry.Entities.Select(type => $"type {type.Id} {type.Name}: {string.Join(' ', type.SuperTypeNames)}")
            .Concat(attributes.Select(attribute => $"attribute {attribute.Id}: {string.Join(' ', fields.OfAttribute(attribute.Id).Select(Show))}"));
    }

    private static string Show(SearchField field) => $"{field.Name}/{field.Kind}{(field.IsDate ? "/date" : "")}";
}
