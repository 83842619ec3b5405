using Cartulary.Cli.Demo;
using Cartulary.Cli.Sources;
using Cartulary.Cli.Sources.Sqlite;

namespace Cartulary.Cli.Tests.Sources.Sqlite;

public sealed class SqliteFileTests
{
    [Fact]
    public void The_sample_shop_has_its_tables_and_views_in_order_of_name()
    {
        using var shop = TestDatabase.With(SampleScripts.Shop);

        shop.Read().Select(relation => relation.Name).ShouldBe(
        [
            "addresses", "cart_items", "carts", "categories", "customer_value", "customers", "order_items", "order_totals", "orders",
            "payments", "product_availability", "product_categories", "product_ratings", "products", "returns", "reviews", "shipments",
            "stock", "suppliers", "warehouses",
        ]);
    }

    [Fact]
    public void Columns_tell_type_order_keys_nullability_and_default()
    {
        using var database = TestDatabase.With("""
            CREATE TABLE a (id INTEGER PRIMARY KEY);
            CREATE TABLE b (x VARCHAR(9) NOT NULL DEFAULT 'n', A_ID INT REFERENCES a, y, PRIMARY KEY (x, y), FOREIGN KEY (a_id) REFERENCES a)
            """);

        Columns(database, "b").ShouldBe(
        [
            new("x", "VARCHAR(9)", 1, IsNullable: false, IsPrimary: true, IsForeign: false, "'n'"),
            new("A_ID", "INT", 2, IsNullable: true, IsPrimary: false, IsForeign: true, null),
            new("y", "", 3, IsNullable: true, IsPrimary: true, IsForeign: false, null),
        ]);
    }

    [Theory]
    [InlineData("CREATE TABLE t (k INTEGER PRIMARY KEY)", false)]
    [InlineData("CREATE TABLE t (k INT PRIMARY KEY)", true)]
    [InlineData("CREATE TABLE t (k TEXT PRIMARY KEY)", true)]
    [InlineData("CREATE TABLE t (k INTEGER PRIMARY KEY DESC)", true)]
    [InlineData("CREATE TABLE t (k TEXT PRIMARY KEY) WITHOUT ROWID", false)]
    [InlineData("CREATE TABLE t (k INTEGER PRIMARY KEY) STRICT", false)]
    public void A_key_takes_null_where_SQLite_lets_it(string script, bool isNullable)
    {
        using var database = TestDatabase.With(script);

        Columns(database, "t").ShouldHaveSingleItem().IsNullable.ShouldBe(isNullable);
    }

    [Fact]
    public void Generated_columns_are_columns()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a INT, b INT AS (a + 1) STORED, c INT GENERATED ALWAYS AS (a * 2) VIRTUAL, d TEXT)");

        Columns(database, "t").Select(column => (column.Name, column.DeclaredType, column.Order))
            .ShouldBe([("a", "INT", 1), ("b", "INT", 2), ("c", "INT", 3), ("d", "TEXT", 4)]);
    }

    [Fact]
    public void A_virtual_table_stands_for_itself_without_its_shadow_tables()
    {
        using var database = TestDatabase.With("CREATE VIRTUAL TABLE notes USING fts5(title, body)");

        var notes = database.Read().ShouldHaveSingleItem();
        notes.Name.ShouldBe("notes");
        notes.Columns.Select(column => column.Name).ShouldBe(["title", "body"]);
    }

    [Fact]
    public void Tables_of_SQLite_itself_are_left_out()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT, b); CREATE INDEX i ON t (b); ANALYZE");

        database.Read().Select(relation => relation.Name).ShouldBe(["t"]);
    }

    [Fact]
    public void A_broken_view_is_there_without_columns_and_says_why()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; DROP TABLE t; CREATE TABLE z (b)");

        var (view, table) = (database.Read()[0], database.Read()[1]);
        view.Failure.ShouldNotBeNull().ShouldContain("no such table");
        view.Definition.ShouldBe("CREATE VIEW v AS SELECT a FROM t");
        view.Columns.ShouldBeEmpty();
        table.Columns.ShouldHaveSingleItem();
    }

    [Fact]
    public void An_empty_file_is_an_empty_database()
    {
        using var database = TestDatabase.WithBytes([]);

        database.Read().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_of_another_kind_is_refused_with_words()
    {
        using var database = TestDatabase.WithBytes([.. Enumerable.Repeat((byte)'x', 5000)]);

        Should.Throw<SourceException>(() => database.Read()).Message.ShouldEndWith("is not an SQLite database, or it is encrypted");
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_and_not_made()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a)");
        var path = database.Path + ".missing";

        Should.Throw<SourceException>(() => SqliteFile.Read(path)).Message.ShouldStartWith("there is no file");
        File.Exists(path).ShouldBeFalse();
    }

    private static IEnumerable<SqliteColumn> Columns(TestDatabase database, string table) =>
        database.Read().Single(relation => relation.Name == table).Columns;
}
