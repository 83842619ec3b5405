using System.Globalization;
using System.Text;
using System.Text.Json;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <content>Numbers and dates: by value, whatever their spelling.</content>
internal sealed partial class ValueReader
{
    /// <summary>Longest spelling of a number; longer ones are refused instead of being computed with.</summary>
    private const int LongestNumber = 1_000;

    private bool ReadNumber(ref Utf8JsonReader reader, PrimitiveType type)
    {
        // The usual spelling of the usual kinds needs no text.
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var plain) && TryWriteIntegral(type.Kind, plain))
        {
            return true;
        }

        return (TryNumberText(ref reader, out var text) && TryWriteNumber(type.Kind, text, mayBeMoment: reader.TokenType == JsonTokenType.String))
            || Invalid(ref reader, type);
    }

    private bool TryWriteNumber(PrimitiveKind kind, string text, bool mayBeMoment) => kind switch
    {
        PrimitiveKind.Float => TryWriteFloat(text),
        PrimitiveKind.Double => TryWriteDouble(text),
        PrimitiveKind.BigInteger => TryWriteBigInteger(text),
        PrimitiveKind.BigDecimal => TryWriteBigDecimal(text),
        _ => (TryIntegral(text, out var value) && TryWriteIntegral(kind, value))
            || (kind == PrimitiveKind.Date && mayBeMoment && TryWriteMoment(text)),
    };

    /// <summary>False for kinds that are not integral, and for numbers that the kind cannot hold.</summary>
    private bool TryWriteIntegral(PrimitiveKind kind, long value)
    {
        var fits = kind switch
        {
            PrimitiveKind.Byte => value is >= sbyte.MinValue and <= sbyte.MaxValue,
            PrimitiveKind.Short => value is >= short.MinValue and <= short.MaxValue,
            PrimitiveKind.Int => value is >= int.MinValue and <= int.MaxValue,
            _ => kind is PrimitiveKind.Long or PrimitiveKind.Date,
        };
        if (fits && kind == PrimitiveKind.Date)
        {
            _writer.WriteDate(value);
        }
        else if (fits)
        {
            _writer.WriteInteger(value);
        }

        return fits;
    }

    private bool TryWriteMoment(string text)
    {
        var parsed = Iso8601.TryParse(text, out var value);
        if (parsed)
        {
            _writer.WriteDate(value);
        }

        return parsed;
    }

    /// <summary>A float has the range of 32 bits but keeps the digits it was sent with, so that clients read back what they wrote.</summary>
    private bool TryWriteFloat(string text) => TryDouble(text, out var value) && float.IsFinite((float)value) && Write(value);

    private bool TryWriteDouble(string text) => TryDouble(text, out var value) && double.IsFinite(value) && Write(value);

    private bool TryWriteBigInteger(string text)
    {
        if (!DecimalNumber.TryParse(text, out var number) || !number.TryToInteger(LongestNumber, out var digits))
        {
            return false;
        }

        _writer.WriteBigInteger(digits);
        return true;
    }

    private bool TryWriteBigDecimal(string text)
    {
        var parsed = DecimalNumber.TryParse(text, out var number);
        if (parsed)
        {
            _writer.WriteBigDecimal(number.ToString());
        }

        return parsed;
    }

    private bool Write(double value)
    {
        _writer.WriteDouble(value);
        return true;
    }

    private static bool TryNumberText(ref Utf8JsonReader reader, out string text)
    {
        text = "";
        if (reader.ValueSpan.Length > LongestNumber)
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.Number)
        {
            text = Encoding.ASCII.GetString(reader.ValueSpan);
            return true;
        }

        // The framework's parsers pass over NUL characters at the end.
        return reader.TokenType == JsonTokenType.String && TryText(ref reader, out text) && !text.EndsWith('\0');
    }

    private static bool TryIntegral(string text, out long value)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        return DecimalNumber.TryParse(text, out var number)
            && number.TryToInteger(20, out var digits)
            && long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>JSON number syntax only: neither NaN nor the spellings of infinity.</summary>
    private static bool TryDouble(string text, out double value)
    {
        value = 0;
        return DecimalNumber.TryParse(text, out _) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
