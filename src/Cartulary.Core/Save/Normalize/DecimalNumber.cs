using System.Globalization;
using System.Numerics;

namespace Cartulary.Core.Save.Normalize;

/// <summary>
/// A decimal number of any size as digits and a power of ten, without trailing zeros: equal numbers are equal values.
/// </summary>
/// <param name="Digits">The significant digits, with sign; zero is 0.</param>
/// <param name="Exponent">The power of ten they are multiplied with.</param>
internal readonly record struct DecimalNumber(BigInteger Digits, int Exponent)
{
    private const int LargestExponent = 100_000;

    /// <summary>Reads JSON number syntax, with an optional leading plus.</summary>
    public static bool TryParse(string text, out DecimalNumber number)
    {
        number = default;
        var span = text.AsSpan();
        var exponent = 0;
        if (span.IndexOfAny('e', 'E') is >= 0 and var at)
        {
            if (!int.TryParse(span[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || exponent is < -LargestExponent or > LargestExponent)
            {
                return false;
            }

            span = span[..at];
        }

        var negative = span.StartsWith("-");
        span = negative || span.StartsWith("+") ? span[1..] : span;
        var point = span.IndexOf('.');
        var whole = point < 0 ? span : span[..point];
        var fraction = point < 0 ? [] : span[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || !AllDigits(whole) || !AllDigits(fraction))
        {
            return false;
        }

        number = Normalized(BigInteger.Parse(string.Concat(whole, fraction), CultureInfo.InvariantCulture), exponent - fraction.Length, negative);
        return true;
    }

    /// <summary>The number as plain digits when it is whole and not longer than the limit.</summary>
    public bool TryToInteger(int longest, out string digits)
    {
        digits = "";
        if (Exponent < 0 || Exponent > longest)
        {
            return false;
        }

        digits = (Digits * BigInteger.Pow(10, Exponent)).ToString(CultureInfo.InvariantCulture);
        return digits.Length <= longest;
    }

    /// <summary>The shortest JSON number for the value: digits, and an exponent unless it is zero.</summary>
    public override string ToString() => Exponent == 0
        ? Digits.ToString(CultureInfo.InvariantCulture)
        : $"{Digits.ToString(CultureInfo.InvariantCulture)}E{Exponent.ToString(CultureInfo.InvariantCulture)}";

    private static DecimalNumber Normalized(BigInteger digits, int exponent, bool negative)
    {
        if (digits.IsZero)
        {
            return new DecimalNumber(BigInteger.Zero, 0);
        }

        while (BigInteger.DivRem(digits, 10, out var rest) is var shorter && rest.IsZero)
        {
            digits = shorter;
            exponent++;
        }

        return new DecimalNumber(negative ? -digits : digits, exponent);
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
