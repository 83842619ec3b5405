using System.Collections.Immutable;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Query.Search;

/// <summary>Gathers the values of a document in the forms that their fields have.</summary>
internal sealed class DocumentFields
{
    private readonly ImmutableArray<SearchFieldValues>.Builder _fields = ImmutableArray.CreateBuilder<SearchFieldValues>();

    /// <summary>Adds texts to a field that has none yet.</summary>
    public void Add(SearchField field, IEnumerable<string> texts)
    {
        var values = texts.Select(text => DocumentValues.InForm(field, text)).OfType<string>().Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (!values.IsEmpty)
        {
            _fields.Add(new SearchFieldValues(field, values));
        }
    }

    /// <summary>Adds a value to the fields that hold it.</summary>
    public void Add(ImmutableArray<SearchField> fields, CanonicalValue value)
    {
        foreach (var field in fields)
        {
            Add(field, DocumentValues.Of(value, field.Kind));
        }
    }

    /// <summary>What was gathered.</summary>
    public ImmutableArray<SearchFieldValues> ToImmutable() => _fields.ToImmutable();
}
