using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Cartulary.Search.Indexing;

/// <summary>Hands terms to the index, those of one field after those of another.</summary>
internal sealed class TermStream : TokenStream
{
    // No phrase goes from one value into the next.
    private const int Gap = 100;
    private readonly ICharTermAttribute _term;
    private readonly IPositionIncrementAttribute _increment;
    private IReadOnlyList<IReadOnlyList<string>> _values = [];
    private int _value;
    private int _at;

    public TermStream()
    {
        _term = AddAttribute<ICharTermAttribute>();
        _increment = AddAttribute<IPositionIncrementAttribute>();
    }

    /// <summary>Goes on with the terms of a field, which are those of its values.</summary>
    public TermStream With(IReadOnlyList<IReadOnlyList<string>> values)
    {
        _values = values;
        return this;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        (_value, _at) = (0, 0);
    }

    /// <inheritdoc/>
    public override bool IncrementToken()
    {
        var isFirst = false;
        while (_value < _values.Count && _at == _values[_value].Count)
        {
            (_value, _at, isFirst) = (_value + 1, 0, true);
        }

        if (_value == _values.Count)
        {
            return false;
        }

        ClearAttributes();
        _term.SetEmpty().Append(_values[_value][_at++]);
        _increment.PositionIncrement = isFirst ? Gap : 1;
        return true;
    }
}
