using System.Globalization;
using Cartulary.Core.Assets;
using Cartulary.Core.Query;

namespace Cartulary.Core.Lineage.Filters;

/// <summary>A value of an attribute, as filters compare it.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text; of a time, epoch milliseconds.</param>
internal readonly record struct FilterValue(FilterKinds Kind, string Text)
{
    /// <summary>A text.</summary>
    public static FilterValue Of(string text) => new(FilterKinds.Text, text);

    /// <summary>A time.</summary>
    public static FilterValue OfTime(long time) => new(FilterKinds.Time, time.ToString(CultureInfo.InvariantCulture));

    /// <summary>The values in a canonical value: of an array, its elements.</summary>
    public static IReadOnlyList<FilterValue> In(CanonicalValue value)
    {
        var reader = new CanonicalReader(value.Span);
        if (reader.Tag != CanonicalTag.Array)
        {
            return [Read(ref reader)];
        }

        reader.ReadByte();
        var values = new FilterValue[reader.ReadCount()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Read(ref reader);
        }

        return values;
    }

    /// <summary>The moment of a time, epoch milliseconds; null for other values.</summary>
    public long? AsTime() => Kind == FilterKinds.Time ? long.Parse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    /// <summary>How the value lies to a text: below, equal or above; null where the two cannot be compared.</summary>
    public int? Compare(string text)
    {
        switch (Kind)
        {
            case FilterKinds.Text:
                return string.CompareOrdinal(Text, text);
            case FilterKinds.Number:
                return FilterNumber.TryParse(text, out var number) && FilterNumber.TryParse(Text, out var own) ? own.CompareTo(number) : null;
            case FilterKinds.Boolean:
                return bool.TryParse(text, out var truth) ? bool.Parse(Text).CompareTo(truth) : null;
            case FilterKinds.Time:
                return Moment.TryParseTime(text, out var time) ? AsTime()!.Value.CompareTo(time) : null;
            default:
                return null;
        }
    }

    private static FilterValue Read(ref CanonicalReader reader)
    {
        switch (reader.Tag)
        {
            case CanonicalTag.String:
                return Of(reader.ReadText());
            case CanonicalTag.True or CanonicalTag.False:
                return new FilterValue(FilterKinds.Boolean, reader.ReadByte() == (byte)CanonicalTag.True ? "true" : "false");
            case CanonicalTag.Integer:
                return new FilterValue(FilterKinds.Number, reader.ReadInteger().ToString(CultureInfo.InvariantCulture));
            case CanonicalTag.Date:
                return OfTime(reader.ReadDate());
            case CanonicalTag.Double:
                return new FilterValue(FilterKinds.Number, reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture));
            case CanonicalTag.BigInteger or CanonicalTag.BigDecimal:
                reader.ReadByte();
                return new FilterValue(FilterKinds.Number, System.Text.Encoding.ASCII.GetString(reader.ReadBlock()));
            default:
                reader.ReadValue();
                return new FilterValue(FilterKinds.Other, "");
        }
    }
}
