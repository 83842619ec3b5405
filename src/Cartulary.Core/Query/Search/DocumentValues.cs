using System.Globalization;
using System.Text;
using Cartulary.Core.Assets;

namespace Cartulary.Core.Query.Search;

/// <summary>Reads the values that a search sees out of canonical ones.</summary>
internal static class DocumentValues
{
    /// <summary>The longest whole text that is searched, in UTF-16 code units; longer ones are found by their words only.</summary>
    public const int LongestKeyword = 8_191;

    /// <summary>A text in the form that a field's values have; null when the field does not take it.</summary>
    public static string? InForm(SearchField field, string text) => field.Kind switch
    {
        SearchFieldKind.Keyword => text.Length <= LongestKeyword ? text : null,
        SearchFieldKind.FoldedKeyword => text.Length <= LongestKeyword ? SearchWords.Fold(text) : null,
        _ => text,
    };

    /// <summary>The values in a value for fields of a kind: itself, or those of an array.</summary>
    public static List<string> Of(CanonicalValue value, SearchFieldKind kind)
    {
        var texts = new List<string>(1);
        var reader = new CanonicalReader(value.Span);
        Add(texts, ref reader, kind);
        return texts;
    }

    /// <summary>All that a value holds at any depth, as texts.</summary>
    public static List<string> Leaves(CanonicalValue value)
    {
        var reader = new CanonicalReader(value.Span);
        return Leaves(ref reader);
    }

    /// <summary>All that the next value holds at any depth, as texts.</summary>
    public static List<string> Leaves(ref CanonicalReader reader)
    {
        var texts = new List<string>();
        AddLeaves(texts, ref reader);
        return texts;
    }

    private static void Add(List<string> texts, ref CanonicalReader reader, SearchFieldKind kind)
    {
        if (reader.Tag == CanonicalTag.Array)
        {
            reader.ReadByte();
            for (var count = reader.ReadCount(); count > 0; count--)
            {
                Add(texts, ref reader, kind);
            }
        }
        else if (reader.Tag is CanonicalTag.Map or CanonicalTag.Struct)
        {
            reader.ReadValue();
        }
        else if (InKind(Text(ref reader), kind) is { } text)
        {
            texts.Add(text);
        }
    }

    private static void AddLeaves(List<string> texts, ref CanonicalReader reader)
    {
        switch (reader.Tag)
        {
            case CanonicalTag.Array:
                reader.ReadByte();
                AddLeaves(texts, ref reader, reader.ReadCount());
                break;
            case CanonicalTag.Map:
                reader.ReadByte();
                AddLeaves(texts, ref reader, checked(reader.ReadCount() * 2));
                break;
            case CanonicalTag.Struct:
                reader.ReadByte();
                reader.ReadNumber();
                for (var count = reader.ReadCount(); count > 0; count--)
                {
                    reader.ReadNumber();
                    AddLeaves(texts, ref reader);
                }

                break;
            default:
                texts.Add(Text(ref reader));
                break;
        }
    }

    private static void AddLeaves(List<string> texts, ref CanonicalReader reader, int count)
    {
        for (; count > 0; count--)
        {
            AddLeaves(texts, ref reader);
        }
    }

    private static string? InKind(string text, SearchFieldKind kind) => kind switch
    {
        SearchFieldKind.Decimal => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? (number + 0.0).ToString("R", CultureInfo.InvariantCulture)
            : null,
        _ => text,
    };

    private static string Text(ref CanonicalReader reader)
    {
        switch (reader.Tag)
        {
            case CanonicalTag.String:
                return reader.ReadText();
            case CanonicalTag.True or CanonicalTag.False:
                return reader.ReadByte() == (byte)CanonicalTag.True ? "true" : "false";
            case CanonicalTag.Integer:
                return reader.ReadInteger().ToString(CultureInfo.InvariantCulture);
            case CanonicalTag.Date:
                return reader.ReadDate().ToString(CultureInfo.InvariantCulture);
            case CanonicalTag.Double:
                return reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture);
            case CanonicalTag.BigInteger or CanonicalTag.BigDecimal:
                reader.ReadByte();
                return Encoding.ASCII.GetString(reader.ReadBlock());
            case var tag:
                throw new InvalidDataException($"A stored value starts with the unknown tag {tag}.");
        }
    }
}
