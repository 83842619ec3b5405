using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What null, an empty list and silence say about a relationship, and what its own attributes do.</summary>
public sealed class ClearedRelationshipScenarios(CatalogServer server) : Scenario(server)
{
    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Null_and_an_empty_list_clear_a_list_of_relationships(string nothing)
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total").Linked("meanings", revenue));

        var save = await Catalog.Save(total.Relating("meanings", JsonNode.Parse(nothing)));

        save.ShouldTell("UPDATE total", "UPDATE revenue");
        save.Event("UPDATE total").Removed("meanings").ShouldBe([revenue.Guid]);
    }

    [Fact]
    public async Task Null_clears_a_single_relationship()
    {
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));

        (await Catalog.Save(id.Relating("table", null))).ShouldTell("UPDATE id", "UPDATE orders");
    }

    [Fact]
    public async Task Null_inside_the_attributes_says_nothing_of_a_relationship()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Column("total").Linked("meanings", revenue));

        (await Catalog.Save(Column("total").With("meanings", null))).ShouldChangeNothing();
    }

    [Fact]
    public async Task An_empty_list_inside_the_attributes_clears_a_relationship()
    {
        var (_, revenue) = await HaveTerm("revenue");
        await Catalog.Have(Column("total").Linked("meanings", revenue));

        (await Catalog.Save(Column("total").With("meanings", List()))).ShouldTell("UPDATE total", "UPDATE revenue");
    }

    [Fact]
    public async Task Relationships_may_be_given_inside_the_attributes()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Save(Column("id").With("table", orders.Reference))).ShouldTell("CREATE id", "UPDATE orders");
    }

    [Fact]
    public async Task Clearing_what_is_empty_changes_nothing()
    {
        var total = await Catalog.Have(Column("total"));

        (await Catalog.Save(total.Relating("meanings", null).Relating("table", null))).ShouldChangeNothing();
        (await Catalog.Save(total.Relating("meanings", List()))).ShouldChangeNothing();
    }

    [Fact]
    public async Task Changed_attributes_of_a_relationship_are_told_at_both_ends()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total").Linked("meanings", revenue));

        var save = await Catalog.Save(total.Relating("meanings", new JsonArray(Assignment(revenue.Reference, 80))));

        save.ShouldTell("UPDATE total", "UPDATE revenue");
        save.Event("UPDATE revenue").Added("assignedEntities").ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_attributes_of_a_relationship_change_nothing()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var assigned = Column("total").Relating("meanings", new JsonArray(Assignment(revenue.Reference, 80)));
        await Catalog.Have(assigned);

        (await Catalog.Save(assigned)).ShouldChangeNothing();
    }

    [Fact]
    public async Task A_relationship_sent_without_attributes_keeps_those_it_has()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total").Relating("meanings", new JsonArray(Assignment(revenue.Reference, 80))));

        (await Catalog.Save(Column("total").Linked("meanings", revenue))).ShouldChangeNothing();

        (await Catalog.Get(total)).GetProperty("relationshipAttributes").GetProperty("meanings")[0]
            .GetProperty("relationshipAttributes").GetProperty("attributes").GetProperty("confidence").GetInt32().ShouldBe(80);
    }

    private static JsonObject Assignment(JsonObject reference, int confidence)
    {
        reference["relationshipType"] = "AtlasGlossarySemanticAssignment";
        reference["relationshipAttributes"] = new JsonObject
        {
            ["typeName"] = "AtlasGlossarySemanticAssignment",
            ["attributes"] = new JsonObject { ["confidence"] = confidence },
        };
        return reference;
    }
}
