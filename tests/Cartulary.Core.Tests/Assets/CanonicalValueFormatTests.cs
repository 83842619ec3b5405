using System.Text;
using Cartulary.Core.Assets;
using Cartulary.Core.Tests.Save.Normalize;
using Cartulary.Testing;

namespace Cartulary.Core.Tests.Assets;

public sealed class CanonicalValueFormatTests
{
    [Fact]
    public void The_stored_form_of_each_kind_of_value_is_as_approved()
    {
        var shown = new StringBuilder();
        foreach (var (type, json) in new[]
        {
            ("string", "\"é\\u0000\""), ("boolean", "false"), ("boolean", "true"), ("byte", "-1"), ("short", "300"), ("int", "-65"), ("long", "9223372036854775807"),
            ("long", "-9223372036854775808"), ("biginteger", "-12345678901234567890123"), ("float", "0.1"), ("double", "-1.5"), ("bigdecimal", "1.250"), ("date", "1700000000000"),
            ("Colour", "\"RED\""), ("array<string>", "[\"b\",\"a\"]"), ("array<Colour>", "[\"GREEN\",\"RED\"]"), ("array<array<string>>", "[[\"b\"],[\"a\"]]"),
            ("map<string,string>", "{\"b\":\"\",\"a\":\"1\"}"), ("map<int,double>", "{\"1\":1}"),
        })
        {
            shown.Append(type).Append(' ').Append(json).Append(" : ").Append(Convert.ToHexStringLower(Values.Read(type, json)!.Value.Span)).Append('\n');
        }

        shown.Append("struct 300 with attributes 1 and 200 : ").Append(Convert.ToHexStringLower(Struct())).Append('\n');
        ApprovedFile.Match(shown.ToString(), "canonical-values.txt");
    }

    private static byte[] Struct()
    {
        var writer = new CanonicalWriter();
        writer.WriteStructStart(300, 2);
        writer.WriteNumber(1);
        writer.WriteString("a");
        writer.WriteNumber(200);
        writer.WriteInteger(1);
        return writer.ToArray();
    }
}
