using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Labels and custom attributes are part of an asset, and their changes are told.</summary>
public sealed class LabelsAndCustomAttributesScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task Changed_labels_are_told_whole_before_and_after()
    {
        var orders = await Catalog.Have(Table("orders").Labelled("gold"));

        var save = await Catalog.Save(orders.Labelled("gold", "daily"));

        save.ShouldTell("UPDATE orders");
        var told = save.Event("UPDATE orders");
        Texts(told.After.GetProperty("labels")).ShouldBe(["daily", "gold"]);
        Texts(told.Before.GetProperty("labels")).ShouldBe(["gold"]);
        told.ChangedAttributes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Labels_in_another_order_and_repeated_change_nothing()
    {
        var orders = await Catalog.Have(Table("orders").Labelled("gold", "daily"));

        (await Catalog.Save(orders.Labelled("daily", "gold", "daily"))).ShouldChangeNothing();
    }

    [Fact]
    public async Task An_empty_list_removes_all_labels()
    {
        var orders = await Catalog.Have(Table("orders").Labelled("gold"));

        var save = await Catalog.Save(orders.Labelled());

        save.ShouldTell("UPDATE orders");
        Texts(save.Event("UPDATE orders").After.GetProperty("labels")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("customAttributes")]
    [InlineData("status")]
    [InlineData("relationshipAttributes")]
    [InlineData("classifications")]
    [InlineData("businessAttributes")]
    public async Task Null_for_a_whole_part_says_nothing(string part)
    {
        var orders = await Catalog.Have(Table("orders").Labelled("gold").Set("customAttributes", new JsonObject { ["team"] = "a" }));

        (await Catalog.Save(orders.Set(part, null))).ShouldChangeNothing();
    }

    [Fact]
    public async Task Custom_attributes_are_replaced_whole_and_told_before_and_after()
    {
        var orders = await Catalog.Have(Table("orders").Set("customAttributes", new JsonObject { ["team"] = "a", ["tier"] = "1" }));

        var save = await Catalog.Save(orders.Set("customAttributes", new JsonObject { ["team"] = "b" }));

        save.ShouldTell("UPDATE orders");
        save.Event("UPDATE orders").After.GetProperty("customAttributes").GetRawText().ShouldBe("""{"team":"b"}""");
        save.Event("UPDATE orders").Before.GetProperty("customAttributes").GetRawText().ShouldBe("""{"team":"a","tier":"1"}""");
    }

    [Fact]
    public async Task Custom_attributes_in_another_order_change_nothing()
    {
        var orders = await Catalog.Have(Table("orders").Set("customAttributes", new JsonObject { ["team"] = "a", ["tier"] = "1" }));

        (await Catalog.Save(orders.Set("customAttributes", new JsonObject { ["tier"] = "1", ["team"] = "a" }))).ShouldChangeNothing();
    }

    [Fact]
    public async Task An_empty_object_removes_all_custom_attributes()
    {
        var orders = await Catalog.Have(Table("orders").Set("customAttributes", new JsonObject { ["team"] = "a" }));

        (await Catalog.Save(orders.Set("customAttributes", new JsonObject()))).ShouldTell("UPDATE orders");
        (await Catalog.Save(orders.Set("customAttributes", new JsonObject()))).ShouldChangeNothing();
    }

    [Fact]
    public async Task Labels_and_attributes_changed_together_are_one_event()
    {
        var orders = await Catalog.Have(Table("orders"));

        var save = await Catalog.Save(orders.Labelled("gold").With("rowCount", 1).Set("customAttributes", new JsonObject { ["team"] = "a" }));

        save.ShouldTell("UPDATE orders");
        save.Event("UPDATE orders").ChangedAttributes.ShouldBe(["rowCount"]);
    }

    [Theory]
    [InlineData("with blank", "ATLAS-400-00-090")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "ATLAS-400-00-08F")]
    public async Task A_label_out_of_form_is_refused(string label, string code) =>
        (await Catalog.Save(Table("orders").Labelled(label))).ShouldBeRefused(400, code);

    [Theory]
    [InlineData("with blank", "v", "ATLAS-400-00-08D")]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "v", "ATLAS-400-00-08C")]
    public async Task A_custom_attribute_out_of_form_is_refused(string key, string value, string code) =>
        (await Catalog.Save(Table("orders").Set("customAttributes", new JsonObject { [key] = value }))).ShouldBeRefused(400, code);

    [Fact]
    public async Task A_custom_attribute_that_is_too_long_is_refused() =>
        (await Catalog.Save(Table("orders").Set("customAttributes", new JsonObject { ["team"] = new string('x', 501) })))
            .ShouldBeRefused(400, "ATLAS-400-00-08E");

    private static List<string?> Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString())];
}
