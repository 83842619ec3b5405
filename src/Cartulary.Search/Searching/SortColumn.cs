using Cartulary.Core.Query.Search;
using Cartulary.Search.Indexing;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Cartulary.Search.Searching;

/// <summary>A key of an order: compares values, and gives those of documents.</summary>
/// <param name="sort">The key.</param>
internal sealed class SortColumn(SearchSort sort)
{
    /// <summary>The order of guids, by which equal documents come.</summary>
    public static SortColumn Guid { get; } = new(new SearchSort(new SearchField(IndexNames.Guid, SearchFieldKind.Keyword), IsDescending: false, MissingFirst: false));

    /// <summary>Whether it is the score.</summary>
    public bool IsScore => sort.Field is null;

    /// <summary>The values of the documents of a segment; null for the score.</summary>
    public SortValues? In(AtomicReaderContext segment) => sort.Field is null ? null : new SortValues(segment, sort.Field.Name, sort.IsDescending);

    /// <summary>Compares scores.</summary>
    public int Compare(float one, float other) => sort.IsDescending ? other.CompareTo(one) : one.CompareTo(other);

    /// <summary>Compares values; null is a missing one.</summary>
    public int Compare(BytesRef? one, BytesRef? other) =>
        one is null || other is null ? CompareMissing(one is null, other is null) : Directed(one.CompareTo(other));

    /// <summary>Compares the value of a document of a segment, by its place, with another's.</summary>
    public int Compare(long ordinal, SortPlace other)
    {
        if (ordinal < 0 || other.IsMissing)
        {
            return CompareMissing(ordinal < 0, other.IsMissing);
        }

        return Directed(ordinal < other.Ordinal ? -1 : ordinal > other.Ordinal || !other.IsExact ? 1 : 0);
    }

    /// <summary>A value as it is asked for in a next page.</summary>
    public BytesRef? Encode(string? value) => value is null || sort.Field is null ? null
        : IndexValues.Encode(sort.Field.Kind, value) ?? throw new ArgumentException($"{value} is no value of {sort.Field.Name}.", nameof(value));

    /// <summary>A value as it is told.</summary>
    public string? Decode(BytesRef? value) => value is null || sort.Field is null ? null : IndexValues.Decode(sort.Field.Kind, value);

    private int CompareMissing(bool one, bool other) => one == other ? 0 : one == sort.MissingFirst ? -1 : 1;

    private int Directed(int order) => sort.IsDescending ? -order : order;
}

/// <summary>Where a value stands among those of a segment.</summary>
/// <param name="IsMissing">Whether there is no value.</param>
/// <param name="Ordinal">The place of the value; where the segment does not have it, that of the first greater one.</param>
/// <param name="IsExact">Whether the segment has it.</param>
internal readonly record struct SortPlace(bool IsMissing, long Ordinal, bool IsExact);

/// <summary>The values of one field in one segment, by their places: of several the first or the last counts.</summary>
internal sealed class SortValues(AtomicReaderContext segment, string field, bool takesLast)
{
    private readonly SortedSetDocValues? _values = segment.AtomicReader.GetSortedSetDocValues(field);

    /// <summary>The place of a document's value; negative when it has none.</summary>
    public long Ordinal(int document)
    {
        if (_values is null)
        {
            return -1;
        }

        _values.SetDocument(document);
        var ordinal = _values.NextOrd();
        if (ordinal == SortedSetDocValues.NO_MORE_ORDS)
        {
            return -1;
        }

        for (var next = takesLast ? _values.NextOrd() : SortedSetDocValues.NO_MORE_ORDS; next != SortedSetDocValues.NO_MORE_ORDS; next = _values.NextOrd())
        {
            ordinal = next;
        }

        return ordinal;
    }

    /// <summary>The value at a place, which the caller owns; null for none.</summary>
    public BytesRef? Value(long ordinal)
    {
        if (_values is null || ordinal < 0)
        {
            return null;
        }

        var value = new BytesRef();
        _values.LookupOrd(ordinal, value);
        return BytesRef.DeepCopyOf(value);
    }

    /// <summary>Where a value stands here.</summary>
    public SortPlace Place(BytesRef? value)
    {
        if (value is null)
        {
            return new SortPlace(IsMissing: true, 0, IsExact: false);
        }

        var at = _values?.LookupTerm(value) ?? -1;
        return at >= 0 ? new SortPlace(IsMissing: false, at, IsExact: true) : new SortPlace(IsMissing: false, -at - 1, IsExact: false);
    }
}
