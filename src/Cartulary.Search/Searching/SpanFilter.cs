using Cartulary.Core.Query.Search;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>Documents whose text has a stretch of a pattern.</summary>
/// <param name="span">The field and the pattern.</param>
/// <param name="bounds">How much a search may do.</param>
/// <param name="cancellationToken">Stops it.</param>
internal sealed class SpanFilter(SearchExpression.Span span, SearchBounds bounds, CancellationToken cancellationToken) : Filter
{
    private const int DocumentsBetweenLooks = 1_024;

    private readonly List<string> _words = [.. SpanFinder.Words(span.Pattern).Distinct(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public override DocIdSet? GetDocIdSet(AtomicReaderContext context, IBits acceptDocs)
    {
        var open = new PriorityQueue<WordPlaces, int>();
        foreach (var word in _words)
        {
            if (context.AtomicReader.GetTermPositionsEnum(new Term(span.Field.Name, word)) is { } places)
            {
                Enqueue(open, new WordPlaces(word, places));
            }
        }

        var found = new FixedBitSet(Math.Max(1, context.AtomicReader.MaxDoc));
        var here = new List<WordPlaces>();
        for (var seen = 1; open.TryPeek(out _, out var document); seen++)
        {
            if (seen % DocumentsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            while (open.TryPeek(out var next, out var at) && at == document)
            {
                here.Add(next);
                open.Dequeue();
            }

            if (acceptDocs?.Get(document) != false && Holds(here))
            {
                found.Set(document);
            }

            here.ForEach(word => Enqueue(open, word));
            here.Clear();
        }

        return found;
    }

    private bool Holds(List<WordPlaces> words)
    {
        var there = words.ToDictionary(word => word.Word, StringComparer.Ordinal);
        return SpanFinder.CanBe(span.Pattern, there.ContainsKey)
            && new SpanFinder(word => there.TryGetValue(word, out var places) ? places.Read() : [], bounds.PatternStates).Find(span.Pattern).Count > 0;
    }

    private static void Enqueue(PriorityQueue<WordPlaces, int> open, WordPlaces word)
    {
        if (word.Places.NextDoc() is var document && document != DocIdSetIterator.NO_MORE_DOCS)
        {
            word.Enter();
            open.Enqueue(word, document);
        }
    }

    /// <summary>Where a word stands in the documents of a segment, one after the other.</summary>
    private sealed class WordPlaces(string word, DocsAndPositionsEnum places)
    {
        private int[]? _read;

        public string Word { get; } = word;

        public DocsAndPositionsEnum Places { get; } = places;

        public void Enter() => _read = null;

        public int[] Read()
        {
            if (_read is null)
            {
                _read = new int[Places.Freq];
                for (var i = 0; i < _read.Length; i++)
                {
                    _read[i] = Places.NextPosition();
                }
            }

            return _read;
        }
    }
}
