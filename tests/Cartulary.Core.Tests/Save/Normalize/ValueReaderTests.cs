using System.Text;
using System.Text.Json;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Core.Tests.Save.Normalize;

public sealed class ValueReaderTests
{
    private const string InvalidValue = "ATLAS-404-00-007";

    [Theory]
    [InlineData("string", "\" Ab \"", "\" Ab \"")]
    [InlineData("string", "5.0", "\"5.0\"")]
    [InlineData("string", "true", "\"true\"")]
    [InlineData("string", "\"\\u0061\\n\"", "\"a\\n\"")]
    [InlineData("boolean", "true", "true")]
    [InlineData("boolean", "false", "false")]
    [InlineData("boolean", "\"TRUE\"", "true")]
    [InlineData("boolean", "\"False\"", "false")]
    [InlineData("byte", "-128", "-128")]
    [InlineData("byte", "\"127\"", "127")]
    [InlineData("short", "-32768", "-32768")]
    [InlineData("int", "5", "5")]
    [InlineData("int", "\"5\"", "5")]
    [InlineData("int", "5.0", "5")]
    [InlineData("int", "5e0", "5")]
    [InlineData("int", "0.5E1", "5")]
    [InlineData("int", "50e-1", "5")]
    [InlineData("int", "-0", "0")]
    [InlineData("int", "2147483647", "2147483647")]
    [InlineData("long", "9223372036854775807", "9223372036854775807")]
    [InlineData("long", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("biginteger", "\"123456789012345678901234567890\"", "123456789012345678901234567890")]
    [InlineData("biginteger", "1e20", "100000000000000000000")]
    [InlineData("biginteger", "-0.0", "0")]
    [InlineData("float", "1.5", "1.5")]
    [InlineData("float", "1.17549435e-38", "1.17549435E-38")]
    [InlineData("double", "5", "5")]
    [InlineData("double", "\"5.50\"", "5.5")]
    [InlineData("double", "-0.0", "0")]
    [InlineData("bigdecimal", "1.500", "15E-1")]
    [InlineData("bigdecimal", "\"15E-1\"", "15E-1")]
    [InlineData("bigdecimal", "100", "1E2")]
    [InlineData("bigdecimal", "0e5", "0")]
    [InlineData("date", "0", "0")]
    [InlineData("date", "\"1700000000000\"", "1700000000000")]
    [InlineData("date", "-1", "-1")]
    [InlineData("date", "1.7e12", "1700000000000")]
    [InlineData("date", "\"2023-11-14\"", "1699920000000")]
    [InlineData("date", "\"2023-11-14T22:13Z\"", "1699999980000")]
    [InlineData("date", "\"2023-11-14T22:13:20\"", "1700000000000")]
    [InlineData("date", "\"2023-11-14T22:13:20Z\"", "1700000000000")]
    [InlineData("date", "\"2023-11-14T22:13:20.000Z\"", "1700000000000")]
    [InlineData("date", "\"2023-11-14T23:13:20.0001+01:00\"", "1700000000000")]
    [InlineData("date", "\"2023-11-14T22:13:20.123456789Z\"", "1700000000123")]
    [InlineData("date", "\"2023-11-14T22:13:20.123456789012\"", "1700000000123")]
    [InlineData("date", "\"2023-11-14T23:13:20+01\"", "1700000000000")]
    [InlineData("date", "\"2023-11-14T23:13:20+0100\"", "1700000000000")]
    [InlineData("date", "\"2023-11-14T17:13:20.1234567891-05\"", "1700000000123")]
    [InlineData("Colour", "\"RED\"", "\"RED\"")]
    [InlineData("array<string>", "[\"b\",\"a\",\"b\"]", "[\"a\",\"b\"]")]
    [InlineData("array<string>", "[null,\"\",1]", "[\"\",\"1\"]")]
    [InlineData("array<int>", "[2,\"2\",2.0,1]", "[1,2]")]
    [InlineData("array<Colour>", "[\"RED\",\"GREEN\",\"RED\"]", "[\"RED\",\"GREEN\"]")]
    [InlineData("array<Place>", "[{\"street\":\"b\"},{\"street\":\"a\"},{\"street\":\"b\"}]", "[{\"typeName\":\"Place\",\"attributes\":{\"street\":\"b\"}},{\"typeName\":\"Place\",\"attributes\":{\"street\":\"a\"}},{\"typeName\":\"Place\",\"attributes\":{\"street\":\"b\"}}]")]
    [InlineData("array<array<string>>", "[[\"b\",\"a\",\"a\"],[\"0\"]]", "[[\"a\",\"b\"],[\"0\"]]")]
    [InlineData("map<string,string>", "{\"b\":1,\"a\":\"\",\"c\":null}", "{\"a\":\"\",\"b\":\"1\"}")]
    [InlineData("map<string,long>", "{\"\":\"7\"}", "{\"\":7}")]
    [InlineData("map<int,double>", "{\"01\":1,\"2\":\"2.50\"}", "{\"1\":1,\"2\":2.5}")]
    [InlineData("Place", "{\"number\":\"1\",\"street\":\"a\",\"unknown\":[{}]}", "{\"typeName\":\"Place\",\"attributes\":{\"street\":\"a\",\"number\":1}}")]
    [InlineData("Place", "{\"typeName\":\"Place\",\"attributes\":{\"street\":\"a\",\"number\":null,\"tags\":[]}}", "{\"typeName\":\"Place\",\"attributes\":{\"street\":\"a\"}}")]
    public void An_accepted_spelling_gives_the_canonical_value(string type, string json, string expected) =>
        Values.Show(Values.Read(type, json)).ShouldBe(expected);

    [Theory]
    [InlineData("string", "\"\"")]
    [InlineData("Colour", "\"\"")]
    [InlineData("array<string>", "[]")]
    [InlineData("array<string>", "[null,null]")]
    [InlineData("array<int>", "[null]")]
    [InlineData("map<string,string>", "{}")]
    [InlineData("map<string,string>", "{\"a\":null}")]
    public void An_empty_value_is_no_value(string type, string json) => Values.Read(type, json).ShouldBeNull();

    [Fact]
    public void Null_is_no_value_of_any_type()
    {
        foreach (var type in EverythingModel.ValueTypes)
        {
            Values.Read(type, "null").ShouldBeNull(type);
        }
    }

    [Theory]
    [InlineData("string", "[]")]
    [InlineData("string", "{}")]
    [InlineData("boolean", "1")]
    [InlineData("boolean", "\" true\"")]
    [InlineData("boolean", "\"\"")]
    [InlineData("boolean", "\"yes\"")]
    [InlineData("byte", "128")]
    [InlineData("byte", "-129")]
    [InlineData("short", "32768")]
    [InlineData("int", "2147483648")]
    [InlineData("int", "5.5")]
    [InlineData("int", "\"five\"")]
    [InlineData("int", "\"\"")]
    [InlineData("int", "\" 5\"")]
    [InlineData("int", "true")]
    [InlineData("int", "[5]")]
    [InlineData("int", "1e-2147483648")]
    [InlineData("int", "1e2147483647")]
    [InlineData("long", "9223372036854775808")]
    [InlineData("long", "1e400")]
    [InlineData("biginteger", "1.5")]
    [InlineData("biginteger", "1e100000")]
    [InlineData("float", "1e39")]
    [InlineData("float", "\"NaN\"")]
    [InlineData("double", "1e309")]
    [InlineData("double", "\"Infinity\"")]
    [InlineData("double", "\"-Infinity\"")]
    [InlineData("double", "\"NaN\"")]
    [InlineData("double", "\"1,5\"")]
    [InlineData("double", "\".5\"")]
    [InlineData("bigdecimal", "\"NaN\"")]
    [InlineData("bigdecimal", "1e-2147483648")]
    [InlineData("date", "5.5")]
    [InlineData("date", "\"yesterday\"")]
    [InlineData("date", "\"2023-02-30\"")]
    [InlineData("date", "true")]
    [InlineData("Colour", "\"red\"")]
    [InlineData("Colour", "\" RED\"")]
    [InlineData("Colour", "1")]
    [InlineData("array<string>", "\"a\"")]
    [InlineData("array<string>", "{}")]
    [InlineData("map<string,string>", "[]")]
    [InlineData("Place", "\"a\"")]
    public void A_wrong_value_is_refused(string type, string json)
    {
        Values.TryRead(type, json, out var problems).ShouldBeNull();

        problems.Count.ShouldBe(1);
        problems[0].Code.ShouldBe(InvalidValue);
        problems[0].Message.ShouldContain(type);
    }

    [Fact]
    public void Each_wrong_part_is_reported_with_its_path()
    {
        Values.TryRead("map<string,array<int>>", "{\"a\":[1,\"x\",3,true],\"b\":5}", out var problems);

        problems.Select(problem => problem.Path).ShouldBe([".a[1]", ".a[3]", ".b"]);
    }

    [Theory]
    [InlineData("string", "\"\\ud800\"")]
    [InlineData("string", "\"a\\udc00b\"")]
    [InlineData("array<string>", "[\"\\ud83d\"]")]
    [InlineData("map<string,string>", "{\"\\ud83d\":1}")]
    [InlineData("map<string,string>", "{\"a\":\"\\ud83d\"}")]
    [InlineData("Colour", "\"\\ud83d\"")]
    [InlineData("int", "\"\\ud83d\"")]
    [InlineData("date", "\"\\ud83d\"")]
    public void Half_of_a_surrogate_pair_is_refused(string type, string json)
    {
        Values.TryRead(type, json, out var problems);

        problems.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("map<string,string>", "{\"a\":1,\"\\u0061\":1}")]
    [InlineData("map<int,double>", "{\"1\":1,\"01\":1}")]
    [InlineData("map<string,string>", "{\"a\":null,\"a\":\"1\"}")]
    [InlineData("Place", "{\"street\":\"a\",\"street\":\"a\"}")]
    [InlineData("Place", "{\"street\":null,\"street\":\"a\"}")]
    [InlineData("Place", "{\"street\":\"a\",\"unknown\":1,\"unknown\":1}")]
    [InlineData("Place", "{\"attributes\":{\"street\":\"a\"},\"attributes\":{\"number\":1}}")]
    public void A_key_given_twice_is_refused(string type, string json)
    {
        Values.TryRead(type, json, out var problems);

        problems.Select(problem => problem.Message).ShouldContain("the key is given twice");
    }

    [Theory]
    [InlineData("{\"number\":1}")]
    [InlineData("{\"street\":null,\"number\":1}")]
    [InlineData("{\"street\":\"\",\"number\":1}")]
    [InlineData("{}")]
    public void A_struct_without_its_mandatory_attribute_is_refused(string json)
    {
        Values.TryRead("Place", json, out var problems);

        problems.Select(problem => problem.Message).ShouldContain("Place.street: mandatory attribute value missing in type Place");
    }

    [Fact]
    public void A_text_above_its_limit_is_refused_and_one_at_it_is_not()
    {
        Values.TryRead("string", "\"äöü\"", out var none, textLength: 3);
        Values.TryRead("string", "\"äöü😀\"", out var some, textLength: 4);

        none.ShouldBeEmpty();
        some.Count.ShouldBe(1);
        some[0].Code.ShouldBe("ATLAS-400-00-028");
    }

    [Fact]
    public void A_number_with_too_many_digits_is_refused_and_not_computed()
    {
        Values.TryRead("biginteger", new string('9', 1_001), out var problems);

        problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_spelling_of_a_value_gives_the_same_bytes()
    {
        Gen.UInt.Array[20, 400].Sample(
            rolls =>
            {
                var dice = new Dice(rolls);
                var type = dice.Pick(EverythingModel.ValueTypes);
                var node = RandomValue.Of(Values.TypeOf(type), dice);
                var (first, second) = (RandomSpelling.Of(node, dice), RandomSpelling.Of(node, dice));

                Values.Read(type, second).ShouldBe(Values.Read(type, first), $"{type}: {first} against {second}");
            },
            iter: 20_000);
    }

    [Fact]
    public void What_was_written_as_JSON_is_read_back_as_the_same_value()
    {
        Gen.UInt.Array[20, 400].Sample(
            rolls =>
            {
                var dice = new Dice(rolls);
                var type = dice.Pick(EverythingModel.ValueTypes);
                var value = Values.Read(type, RandomSpelling.Of(RandomValue.Of(Values.TypeOf(type), dice), dice));

                Values.Read(type, Values.Show(value)).ShouldBe(value);
            },
            iter: 20_000);
    }

    [Fact]
    public void Bytes_that_are_no_value_never_throw()
    {
        Gen.Select(Gen.OneOf(EverythingModel.ValueTypes.ToArray()), Gen.UInt.Array[20, 200]).Sample(
            (type, rolls) =>
            {
                var dice = new Dice(rolls);
                var json = RandomSpelling.Of(RandomValue.Of(Values.TypeOf(dice.Pick(EverythingModel.ValueTypes)), dice), dice);

                var value = Values.TryRead(type, json, out var problems);

                (value is null || problems.Count > 0 || IsValid(Values.Show(value))).ShouldBeTrue();
            },
            iter: 10_000);
    }

    private static bool IsValid(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        return reader.Read() && reader.TrySkip();
    }
}
