using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What a read answered, sent back as it is, changes nothing: whatever the asset has.</summary>
public sealed class SentBackScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_table_with_columns_sent_back_changes_nothing()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var orders = await Catalog.Have(Table("orders").With("certificateStatus", "VERIFIED").With("ownerUsers", List("ada", "bob"))
            .Linked("meanings", revenue).Labelled("gold"));
        await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Have(Column("total").In("table", orders));

        await ShouldChangeNothingWhenSentBack(orders);
    }

    [Fact]
    public async Task A_column_sent_back_changes_nothing()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders).With("order", 1).With("numericScale", 2.5).With("isPinned", true));

        await ShouldChangeNothingWhenSentBack(id);
    }

    [Fact]
    public async Task A_term_sent_back_changes_nothing()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Column("total").Linked("meanings", revenue));

        await ShouldChangeNothingWhenSentBack(revenue);
    }

    [Fact]
    public async Task A_glossary_sent_back_changes_nothing()
    {
        var (glossary, _) = await HaveTerm("revenue");

        await ShouldChangeNothingWhenSentBack(glossary);
    }

    [Fact]
    public async Task A_process_sent_back_changes_nothing()
    {
        var source = await Catalog.Have(Table("source"));
        var target = await Catalog.Have(Table("target"));

        await ShouldChangeNothingWhenSentBack(
            await Catalog.Have(Process("load").Linked("inputs", source).Linked("outputs", target).With("sql", "select 1")));
    }

    [Fact]
    public async Task An_archived_asset_sent_back_stays_archived_and_changes_nothing()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Delete(orders);

        await ShouldChangeNothingWhenSentBack(orders);
    }

    [Fact]
    public async Task A_neighbour_of_an_archived_asset_sent_back_changes_nothing()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Delete(id);

        await ShouldChangeNothingWhenSentBack(orders);
    }

    private async Task ShouldChangeNothingWhenSentBack(AssetDraft asset)
    {
        var read = await Catalog.Get(asset);

        (await Catalog.SaveText($$"""{"entities":[{{read.GetRawText()}}]}""")).ShouldChangeNothing();

        JsonElement.DeepEquals(await Catalog.Get(asset), read).ShouldBeTrue();
    }
}
