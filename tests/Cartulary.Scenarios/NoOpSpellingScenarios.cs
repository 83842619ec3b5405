using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>One value has many spellings; none of them is a change.</summary>
public sealed class NoOpSpellingScenarios(CatalogServer server) : Scenario(server)
{
    [Theory]
    [InlineData("rowCount", "5", "5.0")]
    [InlineData("rowCount", "5", "5e0")]
    [InlineData("rowCount", "5", "\"5\"")]
    [InlineData("rowCount", "0", "\"0\"")]
    [InlineData("isTemporary", "true", "\"TRUE\"")]
    [InlineData("isTemporary", "false", "\"False\"")]
    [InlineData("sourceTotalCost", "1.5", "\"1.50\"")]
    [InlineData("sourceTotalCost", "1500", "1.5e3")]
    [InlineData("sourceCreatedAt", "0", "\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("sourceCreatedAt", "1700000000000", "\"1700000000000\"")]
    [InlineData("sourceCreatedAt", "1700000000000", "\"2023-11-14T22:13:20Z\"")]
    [InlineData("description", "\"5\"", "5")]
    [InlineData("description", "\"é\"", "\"\\u00e9\"")]
    [InlineData("description", "null", "\"\"")]
    [InlineData("certificateStatus", "null", "\"\"")]
    [InlineData("ownerUsers", "[\"ada\",\"bob\"]", "[\"bob\",\"ada\",\"bob\"]")]
    [InlineData("ownerUsers", "null", "[]")]
    [InlineData("queryPreviewConfig", "{\"a\":\"1\",\"b\":\"2\"}", "{\"b\":\"2\",\"a\":\"1\"}")]
    [InlineData("queryPreviewConfig", "null", "{}")]
    [InlineData("isQueryPreview", "true", "null")]
    public async Task Another_spelling_of_a_value_changes_nothing(string attribute, string stored, string sent)
    {
        var orders = await Catalog.Have(Table("orders").With(attribute, JsonNode.Parse(stored)));
        var stamp = await StampOf(orders);

        (await Catalog.SaveText(Body(orders, attribute, sent))).ShouldChangeNothing();

        (await StampOf(orders)).ShouldBe(stamp);
    }

    [Theory]
    [InlineData("rowCount", "null", "0")]
    [InlineData("isTemporary", "true", "false")]
    [InlineData("description", "\"a\"", "\"a \"")]
    [InlineData("description", "\"a\"", "\"A\"")]
    [InlineData("sourceCreatedAt", "null", "0")]
    [InlineData("ownerUsers", "[\"ada\"]", "[\"ada\",\"Ada\"]")]
    public async Task A_value_that_differs_is_a_change(string attribute, string stored, string sent)
    {
        var orders = await Catalog.Have(Table("orders").With(attribute, JsonNode.Parse(stored)));

        var save = await Catalog.SaveText(Body(orders, attribute, sent));

        save.ShouldTell("UPDATE orders");
        save.Event("UPDATE orders").ChangedAttributes.ShouldBe([attribute]);
    }

    [Fact]
    public async Task References_by_guid_by_name_and_by_both_mean_the_same()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        var both = orders.Reference;
        both["guid"] = orders.Guid;

        (await Catalog.Save(id.Relating("table", orders.GuidReference))).ShouldChangeNothing();
        (await Catalog.Save(id.Relating("table", new JsonObject { ["guid"] = orders.Guid }))).ShouldChangeNothing();
        (await Catalog.Save(id.Relating("table", both))).ShouldChangeNothing();
        (await Catalog.Save(Column("id").With("table", orders.Reference))).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_list_of_references_has_no_order_and_no_repeats()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var profit = await Catalog.Have(Term("profit").In("anchor", glossary));
        await Catalog.Have(Column("total").Linked("meanings", revenue, profit));

        (await Catalog.Save(Column("total").Linked("meanings", profit, revenue, profit))).ShouldChangeNothing();
    }

    [Fact]
    public async Task Attributes_of_a_reference_are_not_read_as_data()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        var chatty = orders.Reference;
        chatty["attributes"] = new JsonObject { ["description"] = "not what is meant" };
        chatty["displayText"] = "orders";

        (await Catalog.Save(id.Relating("table", chatty))).ShouldChangeNothing();
    }

    [Fact]
    public async Task What_the_server_keeps_is_not_read_from_a_payload()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Save(orders.Set("createdBy", "eve").Set("updatedBy", "eve").Set("updateTime", 1).Set("version", 99).Set("createTime", 1)))
            .ShouldChangeNothing();
    }

    private static string Body(Driving.AssetDraft asset, string attribute, string sent) => $$"""
        {"entities":[{"attributes":{"{{attribute}}":{{sent}},"name":"{{(string)asset.Json["attributes"]!["name"]!}}","qualifiedName":"{{asset.QualifiedName}}"},"typeName":"{{asset.TypeName}}"}]}
        """;
}
