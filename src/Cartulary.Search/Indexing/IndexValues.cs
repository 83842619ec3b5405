using System.Buffers.Binary;
using System.Globalization;
using Cartulary.Core.Query.Search;
using Lucene.Net.Util;

namespace Cartulary.Search.Indexing;

/// <summary>The values of fields as bytes whose order is that of the values.</summary>
internal static class IndexValues
{
    /// <summary>Whether values of a kind are numbers.</summary>
    public static bool IsNumber(SearchFieldKind kind) => kind is SearchFieldKind.Integer or SearchFieldKind.Decimal;

    /// <summary>The bytes of a value, or null when it is none of that kind. Numbers take eight.</summary>
    public static BytesRef? Encode(SearchFieldKind kind, string value)
    {
        if (kind == SearchFieldKind.FoldedKeyword)
        {
            return new BytesRef(SearchWords.Fold(value));
        }

        return IsNumber(kind) ? Sortable(kind, value) is { } number ? Bytes(number) : null : new BytesRef(value);
    }

    /// <summary>The value that bytes stand for.</summary>
    public static string Decode(SearchFieldKind kind, BytesRef bytes) => kind switch
    {
        SearchFieldKind.Integer => Long(bytes).ToString(CultureInfo.InvariantCulture),
        SearchFieldKind.Decimal => NumericUtils.SortableInt64ToDouble(Long(bytes)).ToString("R", CultureInfo.InvariantCulture),
        _ => bytes.Utf8ToString(),
    };

    /// <summary>A number as a whole number in the same order; null when the text is none.</summary>
    public static long? Sortable(SearchFieldKind kind, string value)
    {
        if (kind == SearchFieldKind.Integer)
        {
            return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null;
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.IsNaN(number)
            ? NumericUtils.DoubleToSortableInt64(number + 0.0)
            : null;
    }

    /// <summary>The number that bytes stand for, in its sortable form.</summary>
    public static long Long(BytesRef bytes) => BinaryPrimitives.ReadInt64BigEndian(bytes.Bytes.AsSpan(bytes.Offset, bytes.Length)) ^ long.MinValue;

    /// <summary>The bytes of a number in its sortable form.</summary>
    public static BytesRef Bytes(long sortable)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, sortable ^ long.MinValue);
        return new BytesRef(bytes);
    }
}
