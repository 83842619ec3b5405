using System.Collections.Immutable;
using System.Globalization;
using Cartulary.Core.Query.Search;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>
/// Keeps the first documents of an order of all that it is shown, segment by segment. Within a segment values are compared by
/// their places, and looked up only for documents that are kept.
/// </summary>
internal sealed class FirstDocuments : IComparer<FoundDocument>
{
    private readonly ImmutableArray<SortColumn> _columns;
    private readonly int _most;
    private readonly PriorityQueue<FoundDocument, FoundDocument> _kept;
    private readonly SortValues?[] _values;
    private readonly (BytesRef? Value, float Score)[]? _after;
    private SortValues _guids = null!;
    private Bar? _worst;
    private Bar? _before;
    private int _base;

    /// <summary>Begins with none.</summary>
    /// <param name="sort">The order; the best score first where it is empty.</param>
    /// <param name="most">How many are kept.</param>
    /// <param name="after">The values after which documents count, one for each key; none to count all.</param>
    public FirstDocuments(ImmutableArray<SearchSort> sort, int most, ImmutableArray<string?> after)
    {
        _columns = sort.IsEmpty ? [new SortColumn(new SearchSort(null, IsDescending: true, MissingFirst: false))] : [.. sort.Select(key => new SortColumn(key))];
        _most = most;
        _kept = new PriorityQueue<FoundDocument, FoundDocument>(Comparer<FoundDocument>.Create((one, other) => Compare(other, one)));
        _values = new SortValues?[_columns.Length];
        NeedsScores = _columns.Any(column => column.IsScore);
        if (!after.IsDefaultOrEmpty)
        {
            _after = [.. _columns.Select((column, i) => (column.Encode(after[i]), column.IsScore ? float.Parse(after[i]!, CultureInfo.InvariantCulture) : 0f))];
        }
    }

    /// <summary>Whether the order asks for scores.</summary>
    public bool NeedsScores { get; }

    /// <summary>Goes on with the documents of a segment.</summary>
    public void Enter(AtomicReaderContext segment)
    {
        _base = segment.DocBase;
        _guids = SortColumn.Guid.In(segment)!;
        for (var i = 0; i < _columns.Length; i++)
        {
            _values[i] = _columns[i].In(segment);
        }

        _before = _after is null ? null : new Bar([.. _after.Select((value, i) => PlaceOf(i, value.Value))], [.. _after.Select(value => value.Score)], Guid: null);
        SetWorst();
    }

    /// <summary>Looks at a document of the segment.</summary>
    public void Offer(int document, float score)
    {
        if (_most == 0 || (_before is not null && Compare(document, score, _before) <= 0))
        {
            return;
        }

        if (_kept.Count == _most)
        {
            if (Compare(document, score, _worst!) >= 0)
            {
                return;
            }

            _kept.Dequeue();
        }

        var values = new BytesRef?[_columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _values[i]?.Value(_values[i]!.Ordinal(document));
        }

        var found = new FoundDocument(_base + document, score, values, _guids.Value(_guids.Ordinal(document))!);
        _kept.Enqueue(found, found);
        SetWorst();
    }

    /// <summary>Those kept, in order, without so many at the beginning.</summary>
    public List<FoundDocument> InOrder(int from) => [.. _kept.UnorderedItems.Select(item => item.Element).Order(this).Skip(from)];

    /// <summary>Shows a kept document.</summary>
    public SearchHit Show(FoundDocument found, long asset) => new(
        new Core.Assets.AssetId(asset),
        Guid.Parse(found.Guid.Utf8ToString()),
        found.Score,
        [.. _columns.Select((column, i) => column.IsScore ? found.Score.ToString("R", CultureInfo.InvariantCulture) : column.Decode(found.Values[i]))]);

    /// <inheritdoc/>
    public int Compare(FoundDocument? x, FoundDocument? y)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var order = _columns[i].IsScore ? _columns[i].Compare(x!.Score, y!.Score) : _columns[i].Compare(x!.Values[i], y!.Values[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return x!.Guid.CompareTo(y!.Guid);
    }

    /// <summary>Compares a document of the segment with a bar; where only their guids differ and the bar has none, they are equal.</summary>
    private int Compare(int document, float score, Bar bar)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var order = _values[i] is { } values ? _columns[i].Compare(values.Ordinal(document), bar.Places[i]) : _columns[i].Compare(score, bar.Scores[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return bar.Guid is { } guid ? SortColumn.Guid.Compare(_guids.Ordinal(document), guid) : 0;
    }

    private void SetWorst()
    {
        if (_kept.Count == _most && _most > 0)
        {
            var worst = _kept.Peek();
            _worst = new Bar([.. worst.Values.Select((value, i) => PlaceOf(i, value))], [.. worst.Values.Select(_ => worst.Score)], _guids.Place(worst.Guid));
        }
    }

    private SortPlace PlaceOf(int column, BytesRef? value) => _values[column]?.Place(value) ?? default;

    /// <summary>What a document has to come before, or after, in the places of the present segment.</summary>
    private sealed record Bar(SortPlace[] Places, float[] Scores, SortPlace? Guid);
}
