using Cartulary.Cli.Sources.Sqlite;

namespace Cartulary.Cli.Tests.Sources.Sqlite;

public sealed class DeclaredTypeTests
{
    [Theory]
    [InlineData("VARCHAR(24)", 24, null, null)]
    [InlineData("character varying ( 80 )", 80, null, null)]
    [InlineData("VARBINARY(16)", 16, null, null)]
    [InlineData("DECIMAL(10,2)", null, 10, 2)]
    [InlineData("numeric(5)", null, 5, null)]
    [InlineData("NUMBER(9, 3) UNSIGNED", null, 9, 3)]
    [InlineData("INT(11)", null, null, null)]
    [InlineData("DATETIME(6)", null, null, null)]
    [InlineData("VARCHAR", null, null, null)]
    [InlineData("VARCHAR(max)", null, null, null)]
    [InlineData("VARCHAR(99999999999)", null, null, null)]
    [InlineData("", null, null, null)]
    public void Numbers_count_where_people_give_them_a_meaning(string declared, int? maxLength, int? precision, int? scale) =>
        DeclaredType.Parse(declared).ShouldBe(new DeclaredType(maxLength, precision, scale));
}
