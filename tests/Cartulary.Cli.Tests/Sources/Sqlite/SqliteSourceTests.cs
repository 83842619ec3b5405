using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Cli.Demo;
using Cartulary.Cli.Sources;
using Cartulary.Cli.Sources.Sqlite;

namespace Cartulary.Cli.Tests.Sources.Sqlite;

public sealed class SqliteSourceTests
{
    [Fact]
    public void A_column_of_a_table_sends_everything_that_the_source_owns()
    {
        using var shop = TestDatabase.With(SampleScripts.Shop, "shop.db");

        ShouldBeJson(Asset(shop.Scan(), "default/sqlite/shop/shop/main/products/net_price"), """
            {
              "guid": "-1", "typeName": "Column", "status": "ACTIVE",
              "attributes": {
                "name": "net_price", "qualifiedName": "default/sqlite/shop/shop/main/products/net_price",
                "connectorName": "sqlite", "connectionQualifiedName": "default/sqlite/shop",
                "databaseName": "shop", "databaseQualifiedName": "default/sqlite/shop/shop",
                "schemaName": "main", "schemaQualifiedName": "default/sqlite/shop/shop/main",
                "tableName": "products", "tableQualifiedName": "default/sqlite/shop/shop/main/products",
                "viewName": null, "viewQualifiedName": null,
                "dataType": "DECIMAL(10,2)", "order": 5, "isNullable": false, "isPrimary": false, "isForeign": false,
                "defaultValue": null, "maxLength": null, "precision": 10, "numericScale": 2,
                "table": { "typeName": "Table", "uniqueAttributes": { "qualifiedName": "default/sqlite/shop/shop/main/products" } }
              },
              "relationshipAttributes": { "view": null }
            }
            """);
    }

    [Fact]
    public void A_view_sends_its_definition_and_its_columns_belong_to_it()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a VARCHAR(3)); CREATE VIEW v AS SELECT a, a || '!' AS loud FROM t");
        var scan = database.Scan();

        Asset(scan, "default/sqlite/test/test/main/v").Attributes["definition"]!.GetValue<string>()
            .ShouldBe("CREATE VIEW v AS SELECT a, a || '!' AS loud FROM t");
        var (passed, computed) = (Asset(scan, "default/sqlite/test/test/main/v/a"), Asset(scan, "default/sqlite/test/test/main/v/loud"));
        passed.Attributes["dataType"]!.GetValue<string>().ShouldBe("VARCHAR(3)");
        computed.Attributes["dataType"].ShouldBeNull();
        computed.Attributes["view"]!["typeName"]!.GetValue<string>().ShouldBe("View");
        computed.Attributes.ContainsKey("table").ShouldBeFalse();
    }

    [Fact]
    public void Parents_come_before_children()
    {
        using var shop = TestDatabase.With(SampleScripts.Shop);
        var scan = shop.Scan();
        var place = scan.Assets.Select((asset, index) => (asset.QualifiedName, index)).ToDictionary();

        scan.Assets.Select(asset => asset.TypeName).Take(3).ShouldBe(["Database", "Schema", "Table"]);
        scan.Assets.Where(asset => asset.TypeName == "Column")
            .ShouldAllBe(column => place[Parent(column.QualifiedName)] < place[column.QualifiedName]);
    }

    [Fact]
    public void Names_are_encoded_in_qualified_names_only()
    {
        using var database = TestDatabase.With("""CREATE TABLE "a/b%2F é" ("c/d" TEXT, [weird "name"] INT)""");
        var assets = database.Scan().Assets.Skip(2).ToList();

        assets.Select(asset => asset.Attributes["name"]!.GetValue<string>()).ShouldBe(["a/b%2F é", "c/d", "weird \"name\""]);
        assets[1].QualifiedName.ShouldBe("default/sqlite/test/test/main/a%2Fb%252F é/c%2Fd");
    }

    [Fact]
    public void Different_objects_never_share_a_qualified_name()
    {
        using var database = TestDatabase.With("""CREATE TABLE "a/b" (c); CREATE TABLE a ("b/c"); CREATE TABLE "a%2Fb" (c)""");

        database.Scan().Assets.Select(asset => asset.QualifiedName).ShouldBeUnique();
    }

    [Fact]
    public void The_same_database_read_twice_is_the_same_to_the_byte()
    {
        using var shop = TestDatabase.With(SampleScripts.Shop);

        Bytes(shop.Scan()).ShouldBe(Bytes(shop.Scan()));
    }

    [Fact]
    public void The_changes_of_the_shop_touch_only_what_they_say()
    {
        using var shop = TestDatabase.With(SampleScripts.Shop, "shop.db");
        var before = Bytes(shop.Scan());
        shop.Run(SampleScripts.Changes);
        var after = Bytes(shop.Scan());

        Names(after.Except(before)).ShouldBe(["main/customers", "main/customers/loyalty_tier", "main/reviews/is_visible", "main/shipments/tracking_code"]);
        Names(before.Except(after)).Except(Names(after.Except(before))).ShouldAllBe(name => name.StartsWith("main/returns"));
    }

    [Fact]
    public void A_broken_view_keeps_its_columns_out_of_the_sweep_and_is_warned_of()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a); CREATE VIEW v AS SELECT a FROM t; DROP TABLE t");
        var scan = database.Scan();

        scan.Unread.ShouldBe(["default/sqlite/test/test/main/v"]);
        scan.Warnings.ShouldHaveSingleItem().ShouldStartWith("the columns of v are not known");
        Asset(scan, "default/sqlite/test/test/main/v").Attributes.ContainsKey("columnCount").ShouldBeFalse();
    }

    [Fact]
    public void Without_names_things_are_left_out_and_warned_of()
    {
        using var database = TestDatabase.With("""CREATE TABLE "" (a); CREATE TABLE t ("" INT, b)""");
        var scan = database.Scan();

        scan.Assets.Skip(2).Select(asset => asset.QualifiedName).ShouldBe(["default/sqlite/test/test/main/t", "default/sqlite/test/test/main/t/b"]);
        scan.Warnings.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("/x/shop.db", null, null, "default/sqlite/shop", "shop")]
    [InlineData("/x/shop.db", "orders / eu", null, "default/sqlite/orders %2F eu", "orders / eu")]
    [InlineData("/x/shop.db", null, "default/sqlite/1700000000", "default/sqlite/1700000000", "1700000000")]
    [InlineData("/x/.db", null, null, "default/sqlite/.db", ".db")]
    public void The_connection_follows_from_the_options_alone(string path, string? name, string? connection, string qualifiedName, string expectedName)
    {
        var scan = SqliteSource.For(path, name, connection).Scan([]);

        scan.Connection.QualifiedName.ShouldBe(qualifiedName);
        scan.Connection.Attributes["name"]!.GetValue<string>().ShouldBe(expectedName);
    }

    private static SourceAsset Asset(SourceScan scan, string qualifiedName) =>
        scan.Assets.Single(asset => asset.QualifiedName == qualifiedName);

    private static List<string> Bytes(SourceScan scan) =>
        [.. scan.Assets.Select(asset => System.Text.Encoding.UTF8.GetString(asset.ToEntity("-1").Utf8.Span))];

    private static List<string> Names(IEnumerable<string> entities) =>
        [.. entities.Select(json => JsonDocument.Parse(json).RootElement.GetProperty("attributes").GetProperty("qualifiedName").GetString()!)
            .Select(name => name["default/sqlite/shop/shop/".Length..])];

    private static string Parent(string qualifiedName) => qualifiedName[..qualifiedName.LastIndexOf('/')];

    private static void ShouldBeJson(SourceAsset asset, string expected) =>
        JsonNode.DeepEquals(JsonNode.Parse(asset.ToEntity("-1").Utf8.Span), JsonNode.Parse(expected)).ShouldBeTrue();
}
