using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Terms related to terms, and what an assignment of a term says of itself.</summary>
public sealed class TermRelationScenarios(CatalogServer server) : Scenario(server)
{
    [Theory]
    [InlineData("synonyms", "synonyms")]
    [InlineData("antonyms", "antonyms")]
    [InlineData("seeAlso", "seeAlso")]
    [InlineData("preferredTerms", "preferredToTerms")]
    [InlineData("preferredToTerms", "preferredTerms")]
    [InlineData("replacedBy", "replacementTerms")]
    [InlineData("translationTerms", "translatedTerms")]
    [InlineData("isA", "classifies")]
    [InlineData("classifies", "isA")]
    [InlineData("validValues", "validValuesFor")]
    public async Task Two_related_terms_are_told_at_both_ends(string end, string inverse)
    {
        var (glossary, one) = await HaveTerm("one");
        var two = await Catalog.Have(Term("two").In("anchor", glossary));

        var save = await Catalog.Save(one.Linked(end, two));

        save.ShouldTellInOrder("UPDATE one", "UPDATE two");
        save.Event("UPDATE one").Added(end).ShouldBe([two.Guid]);
        save.Event("UPDATE two").Added(inverse).ShouldBe([one.Guid]);
        (await Catalog.Save(two.Linked(inverse, one))).ShouldChangeNothing();
        (await Catalog.Save(two.Linked(inverse))).ShouldTellInOrder("UPDATE two", "UPDATE one");
        (await Catalog.Ends(one, end)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_term_is_no_synonym_of_itself()
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await Catalog.Save(revenue.Linked("synonyms", revenue))).ShouldBeRefused(409, "ATLAS-409-00-014");
    }

    [Fact]
    public async Task Terms_of_different_glossaries_can_be_related()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var turnover = await Catalog.Have(Term("turnover").In("anchor", await Catalog.Have(Glossary("sales"))));

        (await Catalog.Save(revenue.Appending("synonyms", turnover))).ShouldTell("UPDATE revenue", "UPDATE turnover");
    }

    [Fact]
    public async Task A_changed_assignment_is_told_at_both_ends_and_an_unchanged_one_at_none()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total").Relating("meanings", new JsonArray(Assignment(revenue, 50))));

        var save = await Catalog.Save(total.Relating("meanings", new JsonArray(Assignment(revenue, 90))));

        save.ShouldTellInOrder("UPDATE total", "UPDATE revenue");
        save.Event("UPDATE total").Added("meanings").ShouldBeEmpty();
        (await Catalog.Save(revenue.Relating("assignedEntities", new JsonArray(Assignment(total, 90))))).ShouldChangeNothing();
        (await Catalog.Save(total.Relating("meanings", new JsonArray(revenue.Reference)))).ShouldChangeNothing();
    }

    [Theory]
    [InlineData("confidence", "\"much\"")]
    [InlineData("status", "\"ALMOST\"")]
    public async Task What_an_assignment_cannot_say_is_refused(string attribute, string value)
    {
        var (_, revenue) = await HaveTerm("revenue");
        var wrong = Assignment(revenue, 1);
        wrong["relationshipAttributes"]!["attributes"]![attribute] = JsonNode.Parse(value);

        (await Catalog.Save(Column("total").Relating("meanings", new JsonArray(wrong)))).ShouldBeRefused(404, "ATLAS-404-00-007", attribute);
    }

    private static JsonObject Assignment(AssetDraft asset, int confidence)
    {
        var reference = asset.Reference;
        reference["relationshipType"] = "AtlasGlossarySemanticAssignment";
        reference["relationshipAttributes"] = new JsonObject
        {
            ["typeName"] = "AtlasGlossarySemanticAssignment",
            ["attributes"] = new JsonObject
            {
                ["description"] = "d",
                ["expression"] = "e",
                ["confidence"] = confidence,
                ["steward"] = "ann",
                ["source"] = "s",
                ["createdBy"] = "bob",
            },
        };
        return reference;
    }
}
