using System.Globalization;
using System.Text.Json;
using Cartulary.Core.Types;

namespace Cartulary.Core.Save.Normalize;

/// <content>Numbers and dates: by value, whatever their spelling.</content>
internal sealed partial class ValueReader
{
    /// <summary>Longest spelling of a number; longer ones are refused instead of being computed with.</summary>
    private const int LongestNumber = 1_000;

    private bool ReadInteger(ref Utf8JsonReader reader, PrimitiveType type, long lowest, long highest)
    {
        if (!TryNumberText(ref reader, out var text))
        {
            return Invalid(ref reader, type);
        }

        if (TryIntegral(text, out var value) && value >= lowest && value <= highest)
        {
            _writer.WriteInteger(value);
            return true;
        }

        return Invalid(ref reader, type);
    }

    private bool ReadDate(ref Utf8JsonReader reader, PrimitiveType type)
    {
        if (!TryNumberText(ref reader, out var text))
        {
            return Invalid(ref reader, type);
        }

        if (TryIntegral(text, out var value))
        {
            _writer.WriteDate(value);
            return true;
        }

        if (reader.TokenType == JsonTokenType.String && Iso8601.TryParse(text, out value))
        {
            _writer.WriteDate(value);
            return true;
        }

        return Invalid(ref reader, type);
    }

    /// <summary>A float has the range of 32 bits but keeps the digits it was sent with, so that clients read back what they wrote.</summary>
    private bool ReadFloat(ref Utf8JsonReader reader, PrimitiveType type)
    {
        if (!TryNumberText(ref reader, out var text))
        {
            return Invalid(ref reader, type);
        }

        if (IsDecimalSpelling(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite((float)value))
        {
            _writer.WriteDouble(value);
            return true;
        }

        return Invalid(ref reader, type);
    }

    private bool ReadDouble(ref Utf8JsonReader reader, PrimitiveType type)
    {
        if (!TryNumberText(ref reader, out var text))
        {
            return Invalid(ref reader, type);
        }

        if (IsDecimalSpelling(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            _writer.WriteDouble(value);
            return true;
        }

        return Invalid(ref reader, type);
    }

    private bool ReadBigInteger(ref Utf8JsonReader reader, PrimitiveType type)
    {
        if (!TryNumberText(ref reader, out var text))
        {
            return Invalid(ref reader, type);
        }

        if (DecimalNumber.TryParse(text, out var number) && number.TryToInteger(LongestNumber, out var digits))
        {
            _writer.WriteBigInteger(digits);
            return true;
        }

        return Invalid(ref reader, type);
    }

    private bool ReadBigDecimal(ref Utf8JsonReader reader, PrimitiveType type)
    {
        if (!TryNumberText(ref reader, out var text))
        {
            return Invalid(ref reader, type);
        }

        if (DecimalNumber.TryParse(text, out var number))
        {
            _writer.WriteBigDecimal(number.ToString());
            return true;
        }

        return Invalid(ref reader, type);
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
            text = System.Text.Encoding.ASCII.GetString(reader.ValueSpan);
            return true;
        }

        return reader.TokenType == JsonTokenType.String && TryText(ref reader, out text);
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

    private static bool IsDecimalSpelling(string text) => DecimalNumber.TryParse(text, out _);
}
