using System.Globalization;
using System.Numerics;
using Cartulary.Core.Save.Normalize;
using CsCheck;

namespace Cartulary.Core.Tests.Save.Normalize;

public sealed class DecimalNumberTests
{
    [Fact]
    public void A_number_is_read_back_from_its_text_as_itself()
    {
        Gen.Select(Gen.Long, Gen.Int[-300, 300]).Sample((digits, exponent) =>
        {
            var number = Parse($"{digits}e{exponent}");

            Parse(number.ToString()).ShouldBe(number);
        });
    }

    [Fact]
    public void Equal_numbers_are_equal_values_however_spelled()
    {
        Gen.Select(Gen.Long, Gen.Int[-200, 200], Gen.Int[0, 40]).Sample((digits, exponent, shift) =>
        {
            var plain = Parse($"{digits}E{exponent}");
            var padded = Parse($"{digits}{new string('0', shift)}.000e{exponent - shift:+0;-0;0}");

            padded.ShouldBe(plain);
            padded.ToString().ShouldBe(plain.ToString());
        });
    }

    [Fact]
    public void Decimals_keep_their_order_of_value()
    {
        Gen.Decimal.Sample(value =>
        {
            var number = Parse(value.ToString(CultureInfo.InvariantCulture));

            decimal.Parse(number.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture).ShouldBe(value);
        });
    }

    [Fact]
    public void A_whole_number_becomes_plain_digits()
    {
        Gen.Select(Gen.Long, Gen.Int[0, 30]).Sample((digits, exponent) =>
        {
            Parse($"{digits}e{exponent}").TryToInteger(60, out var text).ShouldBeTrue();

            BigInteger.Parse(text, CultureInfo.InvariantCulture).ShouldBe(digits * BigInteger.Pow(10, exponent));
        });
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e")]
    [InlineData("1e1.5")]
    [InlineData("1 ")]
    [InlineData(" 1")]
    [InlineData("--1")]
    [InlineData("0x10")]
    [InlineData("١")]
    [InlineData("1e100001")]
    [InlineData("1e-2147483648")]
    [InlineData("1e99999999999")]
    public void What_is_no_number_is_refused(string text) => DecimalNumber.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("1e5")]
    public void A_fraction_or_too_many_digits_is_no_whole_number(string text) => Parse(text).TryToInteger(5, out _).ShouldBeFalse();

    private static DecimalNumber Parse(string text)
    {
        DecimalNumber.TryParse(text, out var number).ShouldBeTrue(text);
        return number;
    }
}
