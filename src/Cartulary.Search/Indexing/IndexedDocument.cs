using Cartulary.Core.Query.Search;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Cartulary.Search.Indexing;

/// <summary>Makes what the index stores of documents; one at a time, and each must be indexed before the next is made.</summary>
internal sealed class IndexedDocument : IDisposable
{
    private static readonly FieldType Number = NumberType();
    private readonly TermStream _stream = new();

    /// <summary>The fields of a document.</summary>
    public List<IIndexableField> Of(SearchDocument document)
    {
        var fields = new List<IIndexableField>((document.Fields.Length * 2) + 3) { new NumericDocValuesField(IndexNames.Asset, document.Asset.Value) };
        var wordFields = new List<string>();
        foreach (var (field, values) in document.Fields)
        {
            if (field.Kind == SearchFieldKind.Text)
            {
                wordFields.Add(field.Name);
                fields.Add(TermField.OfWords(field.Name, _stream, [.. values.Select(value => SearchWords.Of(field, value))]));
            }
            else if (IndexValues.IsNumber(field.Kind))
            {
                AddNumbers(fields, field, values);
            }
            else
            {
                fields.Add(TermField.OfValues(field.Name, _stream, values));
                fields.AddRange(values.Select(value => new SortedSetDocValuesField(field.Name, new BytesRef(value))));
            }
        }

        if (wordFields.Count > 0)
        {
            fields.Add(TermField.OfValues(IndexNames.WordFields, _stream, wordFields));
        }

        if (!document.DependsOn.IsEmpty)
        {
            fields.Add(TermField.OfValues(IndexNames.DependsOn, _stream, [.. document.DependsOn.Select(guid => guid.ToString("D"))]));
        }

        return fields;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static void AddNumbers(List<IIndexableField> fields, SearchField field, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            if (IndexValues.Sortable(field.Kind, value) is { } number)
            {
                fields.Add(new Int64Field(field.Name, number, Number));
                fields.Add(new SortedSetDocValuesField(field.Name, IndexValues.Bytes(number)));
            }
        }
    }

    private static FieldType NumberType()
    {
        var type = new FieldType(Int64Field.TYPE_NOT_STORED) { NumericPrecisionStep = 16 };
        type.Freeze();
        return type;
    }
}
