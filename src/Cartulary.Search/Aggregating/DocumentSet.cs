using Lucene.Net.Index;

namespace Cartulary.Search.Aggregating;

/// <summary>Some documents of the searched state, segment by segment.</summary>
/// <param name="withScores">Whether their scores are kept.</param>
internal sealed class DocumentSet(bool withScores)
{
    private readonly List<SegmentDocuments> _segments = [];

    /// <summary>Those of each segment that has any.</summary>
    public IEnumerable<SegmentDocuments> Segments => _segments.Where(segment => segment.Documents.Count > 0);

    /// <summary>How many there are.</summary>
    public long Count => _segments.Sum(segment => (long)segment.Documents.Count);

    /// <summary>Whether scores are kept.</summary>
    public bool WithScores => withScores;

    /// <summary>Goes on with a segment.</summary>
    public void Enter(AtomicReaderContext segment) => _segments.Add(new SegmentDocuments(segment, [], withScores ? [] : null));

    /// <summary>Adds a document of the segment.</summary>
    public void Add(int document, float score)
    {
        var segment = _segments[^1];
        segment.Documents.Add(document);
        segment.Scores?.Add(score);
    }
}

/// <summary>Documents of one segment.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Documents">Their numbers in it.</param>
/// <param name="Scores">Their scores; null when nobody asks.</param>
internal sealed record SegmentDocuments(AtomicReaderContext Segment, List<int> Documents, List<float>? Scores)
{
    /// <summary>The score of a document by its place.</summary>
    public float Score(int place) => Scores is null ? 0 : Scores[place];
}
