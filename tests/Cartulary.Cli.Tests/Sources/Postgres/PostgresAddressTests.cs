using Cartulary.Cli.Sources.Postgres;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Cartulary.Cli.Tests.Sources.Postgres;

public sealed class PostgresAddressTests
{
    [Theory]
    [InlineData("postgres://ann@db.example.com/shop", "db.example.com", 5432, "shop", "ann", null)]
    [InlineData("postgresql://ann:s%40e%2Fcret@db:6000/the%20shop", "db", 6000, "the shop", "ann", "s@e/cret")]
    [InlineData("postgres://[::1]:6000/shop?user=ann", "::1", 6000, "shop", "ann", null)]
    [InlineData("postgres:///shop?host=db&user=ann&password=x", "db", 5432, "shop", "ann", "x")]
    [InlineData("host=db port=6000 dbname=shop user=ann", "db", 6000, "shop", "ann", null)]
    [InlineData(@"dbname = 'the \'shop\'' user=a\ b password='x y'", "localhost", 5432, "the 'shop'", "a b", "x y")]
    [InlineData("postgres://db", "db", 5432, "os-user", "os-user", null)]
    [InlineData(null, "localhost", 5432, "os-user", "os-user", null)]
    public void A_database_is_named_as_for_psql(string? text, string host, int port, string database, string user, string? password)
    {
        var address = Parse(text, null, ("USER", "os-user"));

        (address.Host, address.Port, address.Database, address.Username, address.Password).ShouldBe((host, port, database, user, password));
    }

    [Fact]
    public void What_is_not_said_comes_from_the_environment()
    {
        var address = Parse(null, null, ("PGHOST", "db"), ("PGPORT", "6000"), ("PGDATABASE", "shop"), ("PGUSER", "ann"), ("PGPASSWORD", "x"));

        (address.Host, address.Port, address.Database, address.Username, address.Password).ShouldBe(("db", 6000, "shop", "ann", "x"));
    }

    [Fact]
    public void A_port_that_is_said_wins_over_the_environment() =>
        Parse("postgres://ann@db:5432/shop", null, ("PGPORT", "6000")).Port.ShouldBe(5432);

    [Fact]
    public void A_password_from_a_file_wins_over_all() =>
        Parse("postgres://ann:address@db/shop", "file", ("PGPASSWORD", "environment")).Password.ShouldBe("file");

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    public void Encryption_is_asked_for_in_the_words_of_psql(string mode, SslMode expected) =>
        Parse($"postgres://ann@db/shop?sslmode={mode}", null).SslMode.ShouldBe(expected);

    [Theory]
    [InlineData("shop")]
    [InlineData("host=db port=many")]
    [InlineData("host=db colour=blue")]
    [InlineData("postgres://ann:hush@db:port/shop")]
    [InlineData("postgres://ann:hush@db/shop?sslmode=maybe")]
    [InlineData("host=db password='hush")]
    [InlineData("")]
    public void What_is_not_understood_is_refused_without_repeating_a_password(string text) =>
        Should.Throw<FormatException>(() => Parse(text, null)).Message.ShouldNotContain("hush");

    private static NpgsqlConnectionStringBuilder Parse(string? text, string? password, params (string Key, string Value)[] environment) =>
        PostgresAddress.Parse(
            text, password, new ConfigurationBuilder().AddInMemoryCollection(environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build());
}
