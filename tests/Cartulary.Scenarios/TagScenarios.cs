using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told when assets are tagged and untagged (Atlan, "Asset tagged" and "Asset untagged").</summary>
public sealed class TagScenarios(CatalogServer server) : Scenario(server), IAsyncLifetime
{
    private const string Replacing = "replaceTags=true";
    private const string Appending = "appendTags=true";

    private string Tag => $"Pii-{Catalog.Scenario}".Replace('/', '-');

    public async ValueTask InitializeAsync() =>
        (await Catalog.DefineTag(Tag)).Success();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_tag_is_told_by_its_own_event_alone()
    {
        var orders = await Catalog.Have(Table("orders"));

        var outcome = await Catalog.SaveWith(Appending, [orders.Set("addOrUpdateClassifications", Tags())]);

        outcome.ShouldTell("CLASSIFICATION_ADD orders");
        (await Catalog.SaveWith(Appending, [orders.Set("addOrUpdateClassifications", Tags())])).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_tag_that_is_replaced_by_itself_stays()
    {
        var orders = await Catalog.Have(Table("orders").Set("classifications", Tags()));

        (await Catalog.SaveWith(Replacing, [orders.Set("classifications", Tags())])).ShouldChangeNothing();
        (await Catalog.SaveWith(Replacing, [orders.Set("classifications", new JsonArray())])).ShouldTell("CLASSIFICATION_DELETE orders");
        (await Catalog.SaveWith(Replacing, [orders.Set("classifications", new JsonArray())])).ShouldChangeNothing();
    }

    [Fact]
    public async Task Without_a_flag_tags_are_for_new_assets_only()
    {
        var outcome = await Catalog.Save(Table("orders").ByGuid("-1").Set("classifications", Tags()));
        outcome.ShouldTell("CREATE orders", "CLASSIFICATION_ADD orders");

        (await Catalog.Save(Table("orders").Set("classifications", new JsonArray()))).ShouldChangeNothing();
    }

    [Theory]
    [InlineData("")]
    [InlineData(Replacing)]
    [InlineData(Appending)]
    [InlineData("replaceClassifications=true")]
    public async Task Tags_of_an_asset_that_is_created_are_meant_as_those_of_one_that_exists(string flag)
    {
        var more = $"{Tag}-more";
        (await Catalog.DefineTag(more)).Success();
        AssetDraft[] drafts =
        [
            Table("orders").Set("removeClassifications", Tags()),
            Table("orders").Set("classifications", Tags()).Set("addOrUpdateClassifications", new JsonArray(new JsonObject { ["typeName"] = more })),
            Table("sales").Set("classifications", new JsonArray()).Set("addOrUpdateClassifications", Tags()),
        ];

        (await Catalog.SaveWith(flag, drafts)).ShouldSucceed();

        (await Catalog.SaveWith(flag, drafts)).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_tag_that_is_passed_on_is_told_for_each_asset_that_it_reaches()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Have(Column("id").In("table", orders));

        var outcome = await Catalog.SaveWith(Appending, [orders.Set("addOrUpdateClassifications", Tags(propagate: true))]);

        outcome.ShouldTell("CLASSIFICATION_ADD orders", "CLASSIFICATION_ADD id");
        (await Catalog.SaveWith(Replacing, [orders.Set("classifications", new JsonArray())])).ShouldTell("CLASSIFICATION_DELETE orders", "CLASSIFICATION_DELETE id");
    }

    [Fact]
    public async Task A_new_column_of_a_tagged_table_has_the_tag()
    {
        var orders = await Catalog.Have(Table("orders").Set("classifications", Tags(propagate: true)));

        var outcome = await Catalog.Save(Column("id").ByGuid("-1").In("table", orders));

        outcome.ShouldTell("CREATE id", "UPDATE orders", "CLASSIFICATION_ADD id");
    }

    [Fact]
    public async Task A_tag_that_an_asset_has_is_not_removed_from_the_types()
    {
        var orders = await Catalog.Have(Table("orders").Set("classifications", Tags()));

        (await Catalog.RemoveType(Tag)).Status.ShouldBe(409);
        await Catalog.SaveWith(Replacing, [orders.Set("classifications", new JsonArray())]);
        (await Catalog.RemoveType(Tag)).Status.ShouldBe(204);
    }

    private JsonArray Tags(bool propagate = false) => new(new JsonObject { ["typeName"] = Tag, ["propagate"] = propagate });
}
