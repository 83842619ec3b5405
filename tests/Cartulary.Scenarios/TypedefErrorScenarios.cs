using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is wrong with a definition is told with Apache Atlas's code and the place, and nothing is made.</summary>
public sealed class TypedefErrorScenarios(CatalogServer server) : Scenario(server)
{
    private const string Base =
        """
        {
          "enumDefs": [{"name": "Grade~", "elementDefs": [{"value": "A"}, {"value": "B"}]}],
          "structDefs": [{"name": "Spot~", "attributeDefs": [{"name": "row", "typeName": "int", "isOptional": true}]}],
          "classificationDefs": [{"name": "Tag~", "entityTypes": ["Table"]}, {"name": "Wide~"}, {"name": "Strict~", "attributeDefs": [{"name": "why", "typeName": "string"}]}],
          "entityDefs": [
            {"name": "Note~", "superTypes": ["Asset"], "attributeDefs": [
              {"name": "text", "typeName": "string", "isOptional": true}, {"name": "key", "typeName": "string", "isOptional": true, "isUnique": true}, {"name": "grade", "typeName": "Grade~", "isOptional": true}]},
            {"name": "Sub~", "superTypes": ["Note~"]},
            {"name": "Needy~", "superTypes": ["Asset"], "attributeDefs": [{"name": "needed", "typeName": "string"}]}],
          "relationshipDefs": [{"name": "note_notes~", "relationshipCategory": "ASSOCIATION", "propagateTags": "NONE", "endDef1": {"type": "Note~", "name": "seen"}, "endDef2": {"type": "Note~", "name": "seenBy", "cardinality": "SET"}}],
          "businessMetadataDefs": [{"name": "ops~", "attributeDefs": [{"name": "team", "typeName": "string", "options": {"applicableEntityTypes": "[\"Table\",\"Note~\"]"}}]}]
        }
        """;

    [Theory]
    [InlineData("ATLAS-400-00-01A", "", "{}")]
    [InlineData("ATLAS-400-00-029", "", "[]")]
    [InlineData("ATLAS-400-00-029", "", "{")]
    [InlineData("ATLAS-400-00-029", "entityDefs", """{"entityDefs":{}}""")]
    [InlineData("ATLAS-400-00-029", "entityDefs[0]", """{"entityDefs":["Table"]}""")]
    [InlineData("ATLAS-400-00-029", "entityDefs[0].attributeDefs[0].isOptional", """{"entityDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"string","isOptional":"x"}]}]}""")]
    [InlineData("ATLAS-400-00-015", "entityDefs[0].category", """{"entityDefs":[{"category":"ENUM","name":"N~"}]}""")]
    [InlineData("ATLAS-400-00-02B", "enumDefs[0].name", """{"enumDefs":[{"elementDefs":[]}]}""")]
    [InlineData("ATLAS-400-00-019", "enumDefs[0].name", """{"enumDefs":[{"name":"a<b","elementDefs":[]}]}""")]
    [InlineData("ATLAS-400-00-019", "enumDefs[0].name", """{"enumDefs":[{"name":"string","elementDefs":[]}]}""")]
    [InlineData("ATLAS-409-00-001", "enumDefs[0].name", """{"enumDefs":[{"name":"Grade~","elementDefs":[]}]}""")]
    [InlineData("ATLAS-409-00-001", "structDefs[0].name", """{"enumDefs":[{"name":"N~","elementDefs":[]}],"structDefs":[{"name":"N~"}]}""")]
    [InlineData("ATLAS-400-00-011", "enumDefs[0].elementDefs[1].value", """{"enumDefs":[{"name":"N~","elementDefs":[{"value":"a"},{"value":"a"}]}]}""")]
    [InlineData("ATLAS-400-00-011", "enumDefs[0].elementDefs[0].value", """{"enumDefs":[{"name":"N~","elementDefs":[{}]}]}""")]
    [InlineData("ATLAS-400-00-011", "enumDefs[0].defaultValue", """{"enumDefs":[{"name":"N~","elementDefs":[],"defaultValue":"a"}]}""")]
    [InlineData("ATLAS-400-00-00A", "structDefs[0].attributeDefs[0].typeName", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"Nothing"}]}]}""")]
    [InlineData("ATLAS-400-00-00A", "structDefs[0].attributeDefs[0].typeName", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"array<array<Nothing>>"}]}]}""")]
    [InlineData("ATLAS-400-00-00A", "structDefs[0].attributeDefs[0].typeName", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a"}]}]}""")]
    [InlineData("ATLAS-400-00-00A", "structDefs[0].attributeDefs[0].typeName", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"Table"}]}]}""")]
    [InlineData("ATLAS-400-00-081", "structDefs[0].attributeDefs[0].typeName", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"Tag~"}]}]}""")]
    [InlineData("ATLAS-400-00-02B", "structDefs[0].attributeDefs[0].name", """{"structDefs":[{"name":"N~","attributeDefs":[{"typeName":"int"}]}]}""")]
    [InlineData("ATLAS-400-00-011", "structDefs[0].attributeDefs[1].name", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"int"},{"name":"A","typeName":"int"}]}]}""")]
    [InlineData("ATLAS-400-00-012", "structDefs[0].attributeDefs[0].cardinality", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"int","cardinality":"SET"}]}]}""")]
    [InlineData("ATLAS-400-00-011", "structDefs[0].attributeDefs[0].valuesMinCount", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"int","valuesMinCount":2,"valuesMaxCount":1}]}]}""")]
    [InlineData("ATLAS-400-00-011", "structDefs[0]", """{"structDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"int","defaultValue":"many"}]}]}""")]
    [InlineData("ATLAS-400-00-00A", "entityDefs[0].superTypes[0]", """{"entityDefs":[{"name":"N~","superTypes":["Nothing"]}]}""")]
    [InlineData("ATLAS-400-00-003", "entityDefs[0].superTypes[0]", """{"entityDefs":[{"name":"N~","superTypes":["Grade~"]}]}""")]
    [InlineData("ATLAS-400-00-002", "entityDefs[0].superTypes", """{"entityDefs":[{"name":"N~","superTypes":["M~"]},{"name":"M~","superTypes":["N~"]}]}""")]
    [InlineData("ATLAS-400-00-011", "entityDefs[0].superTypes", """{"entityDefs":[{"name":"N~","superTypes":["Asset","Asset"]}]}""")]
    [InlineData("ATLAS-400-00-09D", "entityDefs[0].attributeDefs[0].name", """{"entityDefs":[{"name":"N~","superTypes":["Note~"],"attributeDefs":[{"name":"text","typeName":"string","isOptional":true}]}]}""")]
    [InlineData("ATLAS-400-00-011", "entityDefs[0].attributeDefs[0].name", """{"entityDefs":[{"name":"N~","superTypes":["Note~"],"attributeDefs":[{"name":"seen","typeName":"string","isOptional":true}]}]}""")]
    [InlineData("ATLAS-400-00-011", "entityDefs[0].attributeDefs[0].isUnique", """{"entityDefs":[{"name":"N~","superTypes":["Asset"],"attributeDefs":[{"name":"n","typeName":"int","isOptional":true,"isUnique":true}]}]}""")]
    [InlineData("ATLAS-400-00-011", "entityDefs[0].attributeDefs[0].autoUpdateAttributes.user", """{"entityDefs":[{"name":"N~","superTypes":["Asset"],"attributeDefs":[{"name":"n","typeName":"int","isOptional":true,"autoUpdateAttributes":{"user":["who"]}}]}]}""")]
    [InlineData("ATLAS-400-00-00A", "entityDefs[0].attributeDefs[0].typeName", """{"entityDefs":[{"name":"N~","superTypes":["Asset"],"attributeDefs":[{"name":"n","typeName":"array<Table>","isOptional":true}]}]}""")]
    [InlineData("ATLAS-400-00-052", "classificationDefs[0].entityTypes[0]", """{"classificationDefs":[{"name":"N~","entityTypes":["Grade~"]}]}""")]
    [InlineData("ATLAS-400-00-054", "classificationDefs[0].entityTypes[0]", """{"classificationDefs":[{"name":"N~","superTypes":["Tag~"],"entityTypes":["Column"]}]}""")]
    [InlineData("ATLAS-400-00-00A", "classificationDefs[0].superTypes[0]", """{"classificationDefs":[{"name":"N~","superTypes":["Nothing"]}]}""")]
    [InlineData("ATLAS-409-00-012", "classificationDefs[0].displayName", """{"classificationDefs":[{"name":"N~","displayName":"Wide~"}]}""")]
    [InlineData("ATLAS-400-00-02C", "relationshipDefs[0].endDef2", """{"relationshipDefs":[{"name":"N~","endDef1":{"type":"Note~","name":"n"}}]}""")]
    [InlineData("ATLAS-400-00-02D", "relationshipDefs[0]", """{"relationshipDefs":[{"name":"N~","relationshipCategory":"AGGREGATION","endDef1":{"type":"Note~","name":"n","isContainer":true},"endDef2":{"type":"Note~","name":"m","isContainer":true}}]}""")]
    [InlineData("ATLAS-400-00-030", "relationshipDefs[0]", """{"relationshipDefs":[{"name":"N~","relationshipCategory":"ASSOCIATION","endDef1":{"type":"Note~","name":"n","isContainer":true},"endDef2":{"type":"Note~","name":"m"}}]}""")]
    [InlineData("ATLAS-400-00-031", "relationshipDefs[0]", """{"relationshipDefs":[{"name":"N~","relationshipCategory":"COMPOSITION","endDef1":{"type":"Note~","name":"n"},"endDef2":{"type":"Note~","name":"m"}}]}""")]
    [InlineData("ATLAS-400-00-032", "relationshipDefs[0]", """{"relationshipDefs":[{"name":"N~","relationshipCategory":"AGGREGATION","endDef1":{"type":"Note~","name":"n"},"endDef2":{"type":"Note~","name":"m"}}]}""")]
    [InlineData("ATLAS-400-00-033", "relationshipDefs[0]", """{"relationshipDefs":[{"name":"N~","relationshipCategory":"COMPOSITION","endDef1":{"type":"Note~","name":"n","isContainer":true},"endDef2":{"type":"Note~","name":"m","cardinality":"SET"}}]}""")]
    [InlineData("ATLAS-400-00-034", "relationshipDefs[0].endDef1.cardinality", """{"relationshipDefs":[{"name":"N~","endDef1":{"type":"Note~","name":"n","cardinality":"LIST"},"endDef2":{"type":"Note~","name":"m"}}]}""")]
    [InlineData("ATLAS-400-00-035", "relationshipDefs[0].endDef1.type", """{"relationshipDefs":[{"name":"N~","endDef1":{"type":"Grade~","name":"n"},"endDef2":{"type":"Note~","name":"m"}}]}""")]
    [InlineData("ATLAS-400-00-02B", "relationshipDefs[0].endDef1.name", """{"relationshipDefs":[{"name":"N~","endDef1":{"type":"Note~"},"endDef2":{"type":"Note~","name":"m"}}]}""")]
    [InlineData("ATLAS-400-00-02F", "relationshipDefs[0].attributeDefs[0].typeName", """{"relationshipDefs":[{"name":"N~","endDef1":{"type":"Note~","name":"n"},"endDef2":{"type":"Note~","name":"m"},"attributeDefs":[{"name":"a","typeName":"Spot~","isOptional":true}]}]}""")]
    [InlineData("ATLAS-400-00-011", "relationshipDefs[0].endDef1.name", """{"relationshipDefs":[{"name":"N~","endDef1":{"type":"Asset","name":"text"},"endDef2":{"type":"Note~","name":"m"}}]}""")]
    [InlineData("ATLAS-400-00-011", "relationshipDefs[0].endDef2", """{"relationshipDefs":[{"name":"N~","endDef1":{"type":"Note~","name":"n","cardinality":"SET"},"endDef2":{"type":"Note~","name":"n"}}]}""")]
    [InlineData("ATLAS-400-00-092", "businessMetadataDefs[0].attributeDefs[1].name", """{"businessMetadataDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"int"},{"name":"a","typeName":"int","displayName":"b"}]}]}""")]
    [InlineData("ATLAS-409-00-013", "businessMetadataDefs[0].attributeDefs[1].displayName", """{"businessMetadataDefs":[{"name":"N~","attributeDefs":[{"name":"a","displayName":"A","typeName":"int"},{"name":"b","displayName":"A","typeName":"int"}]}]}""")]
    [InlineData("ATLAS-400-00-094", "businessMetadataDefs[0].attributeDefs[0].typeName", """{"businessMetadataDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"Spot~"}]}]}""")]
    [InlineData("ATLAS-400-00-094", "businessMetadataDefs[0].attributeDefs[0].typeName", """{"businessMetadataDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"map<string,string>"}]}]}""")]
    [InlineData("ATLAS-400-00-00A", "businessMetadataDefs[0].attributeDefs[0].options.applicableEntityTypes", """{"businessMetadataDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"int","options":{"applicableEntityTypes":"[\"Nothing\"]"}}]}]}""")]
    [InlineData("ATLAS-400-00-028", "businessMetadataDefs[0].attributeDefs[0].options.applicableEntityTypes", """{"businessMetadataDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"int","options":{"applicableEntityTypes":"Table"}}]}]}""")]
    [InlineData("ATLAS-400-00-028", "businessMetadataDefs[0].attributeDefs[0].options.maxStrLength", """{"businessMetadataDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"string","options":{"maxStrLength":"long"}}]}]}""")]
    [InlineData("ATLAS-400-00-028", "businessMetadataDefs[0].attributeDefs[0].options.validPattern", """{"businessMetadataDefs":[{"name":"N~","attributeDefs":[{"name":"a","typeName":"string","options":{"validPattern":"(a)\\1"}}]}]}""")]
    public async Task A_definition_that_cannot_be_is_refused(string code, string path, string json)
    {
        await HaveBaseAsync();

        var reply = await Catalog.Types("POST", "/typedefs", json, asAtlas: true);

        Check(reply, code, path);
        (await Catalog.Types("GET", "/typedef/name/N~")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("ATLAS-404-00-001", "enumDefs[0].name", """{"enumDefs":[{"name":"N~","elementDefs":[]}]}""")]
    [InlineData("ATLAS-400-00-010", "enumDefs[0]", """{"enumDefs":[{"name":"Note~","elementDefs":[]}]}""")]
    [InlineData("ATLAS-400-00-00D", "structDefs[0].attributeDefs", """{"structDefs":[{"name":"Spot~","attributeDefs":[]}]}""")]
    [InlineData("ATLAS-400-00-027", "structDefs[0].attributeDefs[0].typeName", """{"structDefs":[{"name":"Spot~","attributeDefs":[{"name":"row","typeName":"long","isOptional":true}]}]}""")]
    [InlineData("ATLAS-400-00-00C", "structDefs[0].attributeDefs[0].isOptional", """{"structDefs":[{"name":"Spot~","attributeDefs":[{"name":"row","typeName":"int"}]}]}""")]
    [InlineData("ATLAS-400-00-00C", "structDefs[0].attributeDefs[1].isOptional", """{"structDefs":[{"name":"Spot~","attributeDefs":[{"name":"row","typeName":"int","isOptional":true},{"name":"column","typeName":"int"}]}]}""")]
    [InlineData("ATLAS-400-00-00E", "entityDefs[0].superTypes", """{"entityDefs":[{"name":"Sub~","superTypes":["Asset"]}]}""")]
    [InlineData("ATLAS-400-00-00C", "entityDefs[0].superTypes", """{"entityDefs":[{"name":"Sub~","superTypes":["Note~","Needy~"]}]}""")]
    [InlineData("ATLAS-400-00-027", "entityDefs[0].attributeDefs[0].isUnique", """{"entityDefs":[{"name":"Needy~","superTypes":["Asset"],"attributeDefs":[{"name":"needed","typeName":"string","isUnique":true}]}]}""")]
    [InlineData("ATLAS-400-00-09D", "entityDefs[0]", """{"entityDefs":[{"name":"Asset","superTypes":["Referenceable"],"attributeDefs":[{"name":"text","typeName":"string","isOptional":true}]}]}""")]
    [InlineData("ATLAS-400-00-024", "entityDefs[0]", """{"entityDefs":[{"name":"Infrastructure","description":"mine","superTypes":["Asset"],"attributeDefs":[]}]}""")]
    [InlineData("ATLAS-400-00-051", "classificationDefs[0].entityTypes", """{"classificationDefs":[{"name":"Tag~","entityTypes":["Column"]}]}""")]
    [InlineData("ATLAS-400-00-051", "classificationDefs[0].entityTypes", """{"classificationDefs":[{"name":"Wide~","entityTypes":["Column"]}]}""")]
    [InlineData("ATLAS-400-00-00C", "classificationDefs[0].superTypes", """{"classificationDefs":[{"name":"Wide~","superTypes":["Strict~"]}]}""")]
    [InlineData("ATLAS-400-00-037", "relationshipDefs[0].endDef1", """{"relationshipDefs":[{"name":"note_notes~","relationshipCategory":"ASSOCIATION","propagateTags":"NONE","endDef1":{"type":"Note~","name":"seen","cardinality":"SET"},"endDef2":{"type":"Note~","name":"seenBy","cardinality":"SET"}}]}""")]
    [InlineData("ATLAS-400-00-038", "relationshipDefs[0].endDef2", """{"relationshipDefs":[{"name":"note_notes~","relationshipCategory":"ASSOCIATION","propagateTags":"NONE","endDef1":{"type":"Note~","name":"seen"},"endDef2":{"type":"Table","name":"seenBy","cardinality":"SET"}}]}""")]
    [InlineData("ATLAS-400-00-039", "relationshipDefs[0].relationshipCategory", """{"relationshipDefs":[{"name":"note_notes~","relationshipCategory":"AGGREGATION","propagateTags":"NONE","endDef1":{"type":"Note~","name":"seen"},"endDef2":{"type":"Note~","name":"seenBy","cardinality":"SET"}}]}""")]
    [InlineData("ATLAS-400-00-093", "businessMetadataDefs[0].attributeDefs[0].options.applicableEntityTypes", """{"businessMetadataDefs":[{"name":"ops~","attributeDefs":[{"name":"team","typeName":"string","options":{"applicableEntityTypes":"[\"Table\"]"}}]}]}""")]
    public async Task A_change_that_would_lose_something_is_refused(string code, string path, string json)
    {
        await HaveBaseAsync();

        var reply = await Catalog.Types("PUT", "/typedefs", json, asAtlas: true);

        reply.Body.GetProperty("problems").EnumerateArray()
            .Select(problem => (problem.GetProperty("code").GetString(), problem.GetProperty("path").GetString()))
            .ShouldContain((code, path), reply.Body.GetRawText());
        reply.Status.ShouldBeOneOf(400, 404);
    }

    [Fact]
    public async Task A_patch_may_ask_for_more_of_assets_that_exist()
    {
        await HaveBaseAsync();
        var note = await Catalog.Have(Catalog.Draft(Catalog.Own("Note~"), "n"));

        (await Catalog.Types("PUT", "/typedefs?patch=true", """{"structDefs":[{"name":"Spot~","attributeDefs":[{"name":"row","typeName":"int"}]}],"entityDefs":[{"name":"Sub~","superTypes":["Note~"],"attributeDefs":[{"name":"must","typeName":"string"}]}]}""", asAtlas: true)).Success();

        (await Catalog.Save(note.ByGuid())).ShouldTell();
        (await Catalog.Save(Catalog.Draft(Catalog.Own("Sub~"), "s"))).ShouldBeRefused(404, "ATLAS-404-00-007", "must");
    }

    [Fact]
    public async Task An_element_is_removed_only_while_no_asset_has_it()
    {
        await HaveBaseAsync();
        await Catalog.Have(Catalog.Draft(Catalog.Own("Note~"), "n").With("grade", "A"));

        Check(await Catalog.Types("PUT", "/typedefs", """{"enumDefs":[{"name":"Grade~","elementDefs":[{"value":"B"}]}]}"""), "ATLAS-409-00-002", "enumDefs[0].elementDefs");
        (await Catalog.Types("PUT", "/typedefs", """{"enumDefs":[{"name":"Grade~","elementDefs":[{"value":"A"}]}]}""")).Success();
    }

    [Fact]
    public async Task Along_which_way_tags_travel_changes_only_while_no_assets_are_related()
    {
        await HaveBaseAsync();
        const string Change = """{"relationshipDefs":[{"name":"note_notes~","relationshipCategory":"ASSOCIATION","propagateTags":"WAY","endDef1":{"type":"Note~","name":"seen"},"endDef2":{"type":"Note~","name":"seenBy","cardinality":"SET"}}]}""";
        (await Catalog.Types("PUT", "/typedefs", Change.Replace("WAY", "BOTH", StringComparison.Ordinal))).Success();
        var one = await Catalog.Have(Catalog.Draft(Catalog.Own("Note~"), "one"));
        await Catalog.Have(Catalog.Draft(Catalog.Own("Note~"), "two").In("seen", one));

        Check(await Catalog.Types("PUT", "/typedefs", Change.Replace("WAY", "NONE", StringComparison.Ordinal)), "ATLAS-409-00-002", "relationshipDefs[0].propagateTags");
        Check(await Catalog.Types("DELETE", "/typedef/name/note_notes~"), "ATLAS-409-00-002", "name");
    }

    [Theory]
    [InlineData("ATLAS-404-00-001", "Nothing~")]
    [InlineData("ATLAS-400-00-024", "Table")]
    [InlineData("ATLAS-409-00-002", "Grade~")]
    [InlineData("ATLAS-409-00-005", "Note~")]
    public async Task A_definition_that_is_needed_is_not_removed(string code, string name)
    {
        await HaveBaseAsync();

        (await Catalog.Types("DELETE", $"/typedef/name/{name}")).Body.GetProperty("problems").EnumerateArray()
            .Select(problem => problem.GetProperty("code").GetString()).ShouldContain(code);
    }

    [Fact]
    public async Task A_type_with_an_asset_is_not_removed_even_when_it_is_archived()
    {
        await HaveBaseAsync();
        var needy = await Catalog.Have(Catalog.Draft(Catalog.Own("Needy~"), "n").With("needed", "x"));
        (await Catalog.Delete(needy)).ShouldSucceed();

        Check(await Catalog.Types("DELETE", "/typedef/name/Needy~"), "ATLAS-409-00-002", "name");
    }

    [Fact]
    public async Task What_is_wrong_with_others_is_told_beside_a_name_that_is_taken()
    {
        await HaveBaseAsync();

        var reply = await Catalog.Types("POST", "/typedefs", """
            {"enumDefs":[{"name":"Grade~","elementDefs":[]}],
             "structDefs":[{"name":"N~","attributeDefs":[{"name":"fine","typeName":"Grade~"},{"name":"a","typeName":"Nothing"}]}]}
            """);

        reply.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()).ShouldBe(
            ["enumDefs[0].name", "structDefs[0].attributeDefs[1].typeName"]);
    }

    [Fact]
    public async Task What_is_wrong_with_others_is_told_beside_a_type_that_does_not_exist()
    {
        await HaveBaseAsync();

        var reply = await Catalog.Types("PUT", "/typedefs", """
            {"enumDefs":[{"name":"Later~","elementDefs":[]}],
             "structDefs":[{"name":"Spot~","attributeDefs":[{"name":"row","typeName":"long","isOptional":true},{"name":"later","typeName":"Later~","isOptional":true}]}]}
            """);

        reply.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()).ShouldBe(
            ["enumDefs[0].name", "structDefs[0].attributeDefs[0].typeName"]);
    }

    [Fact]
    public async Task All_problems_are_told_at_once()
    {
        var reply = await Catalog.Types(
            "POST",
            "/typedefs",
            """{"enumDefs":[{"name":"1~","elementDefs":[{"value":"a"},{"value":"a"}]}],"entityDefs":[{"name":"N~","superTypes":["Nothing"],"attributeDefs":[{"name":"a","typeName":"Nothing"},{"name":"b","typeName":"int","cardinality":"LIST"}]}]}""");

        reply.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()).ShouldBe(
            ["enumDefs[0].name", "enumDefs[0].elementDefs[1].value", "entityDefs[0].attributeDefs[0].typeName", "entityDefs[0].attributeDefs[1].cardinality", "entityDefs[0].superTypes[0]"]);
    }

    private async Task HaveBaseAsync() => (await Catalog.Types("POST", "/typedefs", Base, asAtlas: true)).Success();

    private static void Check(HttpReply reply, string code, string path)
    {
        (reply.Body.GetProperty("errorCode").GetString(), reply.Body.GetProperty("problems")[0].GetProperty("path").GetString()).ShouldBe((code, path), reply.Body.GetRawText());
        reply.Status.ShouldBe(int.Parse(code.AsSpan(6, 3), System.Globalization.CultureInfo.InvariantCulture));
    }
}
