using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Built-in types that are not like the others.</summary>
public sealed class BuiltInTypeScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task A_server_is_found_by_its_full_name_and_assets_say_where_they_come_from()
    {
        var east = $$$"""{"typeName":"AtlasServer","attributes":{"AtlasServer.name":"east","AtlasServer.displayName":"East","fullName":"{{{Catalog.Scenario}}}.east","urls":["https://east"]}}""";
        var made = await Catalog.SaveText($$"""{"entities":[{{east}}]}""");
        var guid = made.Mutated("CREATE").ShouldHaveSingleItem();
        (await Catalog.SaveText($$"""{"entities":[{{east}}]}""")).ShouldChangeNothing();
        var reference = new JsonObject { ["typeName"] = "AtlasServer", ["uniqueAttributes"] = new JsonObject { ["fullName"] = $"{Catalog.Scenario}.east" } };

        var orders = await Catalog.Have(Table("orders").Relating("replicatedFrom", new JsonArray(reference.DeepClone())));

        (await Catalog.Ends(orders, "replicatedFrom")).ShouldBe([guid]);
        (await Catalog.Ends(orders, "replicatedTo")).ShouldBeEmpty();
        (await Catalog.Save(orders.Relating("replicatedFrom", new JsonArray(reference.DeepClone())))).ShouldChangeNothing();
        (await Catalog.SaveText("""{"entities":[{"typeName":"AtlasServer","attributes":{"AtlasServer.name":"west"}}]}""")).ShouldBeRefused(404, "ATLAS-404-00-007", "AtlasServer.fullName", "AtlasServer.displayName");
        (await Catalog.DeleteByGuid(guid)).Mutated("DELETE").ShouldBe([guid]);
    }

    [Fact]
    public async Task Of_relationships_that_share_a_name_the_type_of_the_partner_decides()
    {
        var source = await Catalog.Have(Catalog.Draft("TableauDatasource", "source"));
        var field = await Catalog.Have(Catalog.Draft("TableauDatasourceField", "field"));
        var calculated = await Catalog.Have(Catalog.Draft("TableauCalculatedField", "calculated"));

        (await Catalog.Save(source.Linked("fields", field, calculated))).ShouldTell("UPDATE source", "UPDATE field", "UPDATE calculated");

        (await Catalog.Ends(source, "fields")).ShouldBe([field.Guid, calculated.Guid], ignoreOrder: true);
        (await Catalog.Ends(field, "datasource")).ShouldBe([source.Guid]);
        (await Catalog.Ends(calculated, "datasource")).ShouldBe([source.Guid]);
        (await Catalog.Save(source.Linked("fields", calculated, field))).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_metric_is_linked_to_a_project_of_Tableau_as_to_any_asset_beside_the_metrics_of_Tableau()
    {
        var project = await Catalog.Have(Catalog.Draft("TableauProject", "project"));
        var own = await Catalog.Have(Catalog.Draft("TableauMetric", "own"));
        var other = await Catalog.Have(Catalog.Draft("DbtMetric", "other"));

        (await Catalog.Save(project.Linked("metrics", own, other))).ShouldTell("UPDATE project", "UPDATE own", "UPDATE other");

        (await Catalog.Ends(project, "metrics")).ShouldBe([own.Guid, other.Guid], ignoreOrder: true);
        (await Catalog.Ends(own, "project")).ShouldBe([project.Guid]);
        (await Catalog.Ends(other, "assets")).ShouldBe([project.Guid]);
    }
}
