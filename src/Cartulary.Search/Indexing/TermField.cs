using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace Cartulary.Search.Indexing;

/// <summary>A field with its terms, which one stream hands to the index for all fields.</summary>
internal sealed class TermField : Field
{
    private static readonly FieldType Whole = Freeze(new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = IndexOptions.DOCS_ONLY });
    private static readonly FieldType Words =
        Freeze(new FieldType { IsIndexed = true, IsTokenized = true, OmitNorms = true, IndexOptions = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS });

    private readonly TermStream _stream;
    private readonly IReadOnlyList<IReadOnlyList<string>> _values;

    private TermField(string name, FieldType type, TermStream stream, IReadOnlyList<IReadOnlyList<string>> values)
        : base(name, type) => (_stream, _values) = (stream, values);

    /// <summary>A field of whole values.</summary>
    public static TermField OfValues(string name, TermStream stream, IReadOnlyList<string> values) => new(name, Whole, stream, [values]);

    /// <summary>A field of the words of its values.</summary>
    public static TermField OfWords(string name, TermStream stream, IReadOnlyList<IReadOnlyList<string>> values) => new(name, Words, stream, values);

    /// <inheritdoc/>
    public override TokenStream GetTokenStream(Analyzer analyzer) => _stream.With(_values);

    private static FieldType Freeze(FieldType type)
    {
        type.Freeze();
        return type;
    }
}
