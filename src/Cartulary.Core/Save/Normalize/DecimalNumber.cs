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
            if (span.EndsWith('\0') || !int.TryParse(span[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || exponent is < -LargestExponent or > LargestExponent)
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

        // Zeros at the end are taken off as text: as a number each would cost a division of all digits.
        var digits = string.Concat(whole, fraction);
        var significant = digits.AsSpan().TrimEnd('0');
        exponent += digits.Length - significant.Length - fraction.Length;
        number = significant.IsEmpty
            ? new DecimalNumber(BigInteger.Zero, 0)
            : new DecimalNumber(Signed(BigInteger.Parse(significant, NumberStyles.None, CultureInfo.InvariantCulture), negative), exponent);
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

    private static BigInteger Signed(BigInteger digits, bool negative) => negative ? -digits : digits;

    private static bool AllDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
