using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Definitions that clients make, change and remove, and what is saved with them.</summary>
public sealed class TypedefScenarios(CatalogServer server) : Scenario(server), IClassFixture<CatalogServer>
{
    private const string Model =
        """
        {
          "enumDefs": [{"name": "Grade~", "elementDefs": [{"value": "A"}, {"value": "B"}]}],
          "structDefs": [{"name": "Spot~", "attributeDefs": [{"name": "row", "typeName": "int"}, {"name": "grade", "typeName": "Grade~", "isOptional": true}]}],
          "entityDefs": [
            {"name": "Notebook~", "superTypes": ["DataSet"], "attributeDefs": [
              {"name": "language", "typeName": "string", "isOptional": true, "includeInNotification": true},
              {"name": "grade", "typeName": "Grade~", "isOptional": true},
              {"name": "spots", "typeName": "array<Spot~>", "cardinality": "LIST", "isOptional": true}]},
            {"name": "Cell~", "superTypes": ["Asset"], "attributeDefs": []}],
          "relationshipDefs": [{"name": "notebook_cells~", "relationshipCategory": "COMPOSITION", "propagateTags": "ONE_TO_TWO",
            "endDef1": {"type": "Notebook~", "name": "cells", "isContainer": true, "cardinality": "SET"},
            "endDef2": {"type": "Cell~", "name": "notebook", "cardinality": "SINGLE"}}]
        }
        """;

    [Fact]
    public async Task Types_of_all_sorts_that_need_each_other_are_made_at_once_and_used_at_once()
    {
        var made = (await Catalog.Types("POST", "/typedefs", Model)).Success();

        made.GetProperty("entityDefs").GetArrayLength().ShouldBe(2);
        made.GetProperty("classificationDefs").GetArrayLength().ShouldBe(0);
        var notebook = Catalog.Draft(Catalog.Own("Notebook~"), "report").With("language", "R").With("grade", "A").With("spots", JsonNode.Parse("""[{"typeName":"Spot","attributes":{"row":3,"grade":"B"}}]""".Replace("Spot", Catalog.Own("Spot~"), StringComparison.Ordinal)));
        notebook = await Catalog.Have(notebook);
        var cell = await Catalog.Have(Catalog.Draft(Catalog.Own("Cell~"), "first").In("notebook", notebook));
        (await Catalog.Get(notebook)).GetProperty("attributes").GetProperty("spots")[0].GetProperty("attributes").GetProperty("grade").GetString().ShouldBe("B");
        (await Catalog.Ends(notebook, "cells")).ShouldBe([cell.Guid]);
        (await Catalog.Save(notebook.ByGuid())).ShouldTell();
        (await Catalog.Save(Process("run").Linked("inputs", notebook))).ShouldSucceed();
    }

    [Fact]
    public async Task What_was_made_is_read_by_name_and_guid_with_who_made_it_when()
    {
        var made = (await Catalog.Types("POST", "/typedefs", Model)).Success().GetProperty("entityDefs")[0];

        var read = (await Catalog.Types("GET", "/typedef/name/Notebook~")).Success();
        read.GetRawText().ShouldBe(made.GetRawText());
        (await Catalog.Types("GET", $"/entitydef/guid/{made.GetProperty("guid").GetString()}", asAtlas: true)).Success().GetRawText().ShouldBe(made.GetRawText());
        (await Catalog.Types("GET", "/typedefs/headers")).Success().EnumerateArray().ShouldContain(header => header.GetProperty("name").GetString() == Catalog.Own("Notebook~"));
        read.GetProperty("version").GetInt64().ShouldBe(1);
        read.GetProperty("createdBy").GetString().ShouldBe("admin");
        read.GetProperty("createTime").GetInt64().ShouldBe(read.GetProperty("updateTime").GetInt64());
        read.GetProperty("relationshipAttributeDefs").EnumerateArray().ShouldContain(end => end.GetProperty("name").GetString() == "cells");
        (await Catalog.Types("GET", "/entitydef/name/DataSet")).Success().GetProperty("subTypes").EnumerateArray().ShouldContain(name => name.GetString() == Catalog.Own("Notebook~"));
    }

    [Fact]
    public async Task A_definition_gets_more_attributes_and_elements_and_what_is_stored_stays()
    {
        await MakeAsync(Model);
        var notebook = await Catalog.Have(Catalog.Draft(Catalog.Own("Notebook~"), "report").With("language", "R").With("grade", "A"));
        var before = await Read("Notebook~");

        await ChangeAsync("entityDefs", before, json => json["attributeDefs"]!.AsArray().Add(JsonNode.Parse("""{"name":"kernel","typeName":"string","isOptional":true}""")));
        await ChangeAsync("enumDefs", await Read("Grade~"), json => json["elementDefs"]!.AsArray().Add(JsonNode.Parse("""{"value":"C"}""")));

        var after = await Read("Notebook~");
        ((long)after["version"]!).ShouldBe(2);
        after["guid"]!.ToJsonString().ShouldBe(before["guid"]!.ToJsonString());
        (await Catalog.Get(notebook)).GetProperty("attributes").GetProperty("language").GetString().ShouldBe("R");
        (await Catalog.Save(notebook.ByGuid().With("kernel", "r-base").With("grade", "C"))).ShouldTell("UPDATE report");
    }

    [Fact]
    public async Task Saying_a_definition_again_changes_nothing()
    {
        var made = await MakeAsync(Model);
        var head = await CommitsAsync();

        var again = (await Catalog.Types("PUT", "/typedefs", made.GetRawText())).Success();

        WithoutWhatOthersGive(again).ShouldBe(WithoutWhatOthersGive(made));
        (await CommitsAsync()).ShouldBe(head);
        (await Catalog.Types("PUT", "/typedefs", Model, asAtlas: true)).Success();
        (await CommitsAsync()).ShouldBe(head, "what a client first sent says the same as what the server gives");
    }

    [Fact]
    public async Task Types_are_no_events()
    {
        var head = await Catalog.Head();

        await MakeAsync(Model);

        (await Catalog.Feed($"after={head}")).Success().GetProperty("events").EnumerateArray()
            .ShouldNotContain(item => item.GetRawText().Contains(Catalog.Own("Notebook~"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Atlans_clients_get_names_that_the_server_makes_up()
    {
        var made = await MakeAsync(
            """
            {"classificationDefs":[{"category":"CLASSIFICATION","name":"Personal~","displayName":"Personal~","options":{"color":"GREEN","isNew":true},"guid":"-1","superTypes":null}],
             "businessMetadataDefs":[{"category":"BUSINESS_METADATA","name":"Quality~","displayName":"Quality~","attributeDefs":[
               {"name":"","displayName":"Score","typeName":"int","isOptional":true,"isNew":true,"description":null,"options":{"applicableEntityTypes":"[\"Asset\"]","allowSearch":false,"maxStrLength":100}}]}]}
            """);

        var tag = made.GetProperty("classificationDefs")[0];
        tag.GetProperty("name").GetString()!.ShouldMatch("^[a-zA-Z][a-zA-Z0-9]{21}$");
        tag.GetProperty("displayName").GetString().ShouldBe(Catalog.Own("Personal~"));
        tag.GetProperty("options").GetProperty("isNew").GetString().ShouldBe("true");
        var score = made.GetProperty("businessMetadataDefs")[0].GetProperty("attributeDefs")[0];
        score.GetProperty("name").GetString()!.ShouldMatch("^[a-zA-Z][a-zA-Z0-9]{21}$");
        score.GetProperty("displayName").GetString().ShouldBe("Score");
        score.GetProperty("options").GetProperty("maxStrLength").GetString().ShouldBe("100");
        (await Catalog.Types("GET", $"/typedef/name/{tag.GetProperty("name").GetString()}")).Success().GetRawText().ShouldBe(tag.GetRawText());
        (await Catalog.Types("GET", "/entitydef/name/Table")).Success().GetProperty("businessAttributeDefs")
            .GetProperty(made.GetProperty("businessMetadataDefs")[0].GetProperty("name").GetString()!)[0].GetProperty("displayName").GetString().ShouldBe("Score");
    }

    [Fact]
    public async Task Custom_metadata_keeps_the_names_of_its_attributes_when_others_are_added()
    {
        var set = JsonNode.Parse((await MakeAsync(
            """{"businessMetadataDefs":[{"name":"Quality~","displayName":"Quality~","attributeDefs":[{"name":"","displayName":"Score","typeName":"int","isOptional":true}]}]}"""))
            .GetProperty("businessMetadataDefs")[0].GetRawText())!.AsObject();

        var changed = await ChangeAsync("businessMetadataDefs", set, json => json["attributeDefs"]!.AsArray().Add(JsonNode.Parse("""{"name":"","displayName":"Reason","typeName":"string","isOptional":true}""")));

        var attributes = changed.GetProperty("attributeDefs").EnumerateArray().ToList();
        attributes.Select(attribute => attribute.GetProperty("displayName").GetString()).ShouldBe(["Score", "Reason"]);
        attributes[0].GetProperty("name").GetString().ShouldBe((string?)set["attributeDefs"]![0]!["name"]);
        attributes[1].GetProperty("name").GetString()!.Length.ShouldBe(22);
    }

    [Fact]
    public async Task Apache_Atlas_clients_get_the_names_that_they_give()
    {
        var made = (await Catalog.Types(
            "POST", "/typedefs", """{"classificationDefs":[{"name":"PII~","superTypes":[],"entityTypes":["Table"]}],"entityDefs":null,"businessMetadataDefs":[{"name":"ops~","attributeDefs":[{"name":"team","typeName":"string"}]}]}""", asAtlas: true)).Success();

        made.GetProperty("classificationDefs")[0].GetProperty("name").GetString().ShouldBe(Catalog.Own("PII~"));
        made.GetProperty("businessMetadataDefs")[0].GetProperty("attributeDefs")[0].GetProperty("name").GetString().ShouldBe("team");
    }

    [Fact]
    public async Task A_definition_of_another_catalog_keeps_its_made_up_names()
    {
        var made = await MakeAsync("""{"classificationDefs":[{"name":"Personal~","displayName":"Personal~","attributeDefs":[]}]}""");
        var name = made.GetProperty("classificationDefs")[0].GetProperty("name").GetString();
        (await Catalog.Types("DELETE", $"/typedef/name/{name}")).Status.ShouldBe(204);

        (await MakeAsync(made.GetRawText())).GetProperty("classificationDefs")[0].GetProperty("name").GetString().ShouldBe(name);
    }

    [Fact]
    public async Task Two_tags_have_one_display_name_only_when_that_is_asked_for()
    {
        const string Tag = """{"classificationDefs":[{"name":"Personal~","displayName":"Personal~"}]}""";
        await MakeAsync(Tag);

        (await Catalog.Types("POST", "/typedefs", Tag)).Status.ShouldBe(409);
        (await Catalog.Types("POST", "/typedefs?allowDuplicateDisplayName=true", Tag)).Success();
        (await Catalog.Types("POST", "/typedefs", Tag.Replace("\"name\"", "\"skipDisplayNameUniquenessCheck\":true,\"name\"", StringComparison.Ordinal))).Success();
    }

    [Fact]
    public async Task A_removed_definition_is_gone_and_its_name_is_free()
    {
        var made = await MakeAsync(Model);
        var notebook = await Catalog.Have(Catalog.Draft(Catalog.Own("Notebook~"), "report"));

        (await Catalog.Types("DELETE", "/typedef/name/Notebook~")).Status.ShouldBe(409);
        (await Catalog.Types("DELETE", "/typedef/name/Cell~")).Status.ShouldBe(409, "a relationship ends there");
        (await Catalog.Types("DELETE", "/typedefs", """{"entityDefs":[{"name":"Cell~"}],"relationshipDefs":[{"name":"notebook_cells~","endDef1":{},"endDef2":{}}]}""")).Status.ShouldBe(204);

        (await Catalog.Types("GET", "/typedef/name/Cell~")).Status.ShouldBe(404);
        (await Catalog.Save(Catalog.Draft(Catalog.Own("Cell~"), "first"))).ShouldBeRefused(400, "ATLAS-400-00-014");
        (await Catalog.Get(notebook)).GetProperty("relationshipAttributes").TryGetProperty("cells", out _).ShouldBeFalse();
        var again = await MakeAsync("""{"entityDefs":[{"name":"Cell~","superTypes":["Table"],"attributeDefs":[]}]}""");
        again.GetProperty("entityDefs")[0].GetProperty("guid").GetString().ShouldNotBe(made.GetProperty("entityDefs")[1].GetProperty("guid").GetString());
        await Catalog.Have(Catalog.Draft(Catalog.Own("Cell~"), "first"));
    }

    [Fact]
    public async Task What_a_removed_definition_told_can_still_be_read()
    {
        await MakeAsync(Model);
        var notebook = await Catalog.Have(Catalog.Draft(Catalog.Own("Notebook~"), "report"));
        var other = await Catalog.Have(Catalog.Draft("Table", "orders"));
        var model = """{"relationshipDefs":[{"name":"notebook_source~","relationshipCategory":"ASSOCIATION","propagateTags":"NONE","endDef1":{"type":"Notebook~","name":"source"},"endDef2":{"type":"Table","name":"readers~","cardinality":"SET"}}]}""";
        await MakeAsync(model);
        var linked = await Catalog.Save(notebook.ByGuid().In("source", other));
        (await Catalog.Save(notebook.ByGuid().Removing("source", other))).ShouldSucceed();

        (await Catalog.Types("DELETE", "/typedef/name/notebook_source~")).Status.ShouldBe(204);

        var events = (await Catalog.Feed($"after={linked.Events[0].Sequence - 1}&limit=1")).Success().GetProperty("events");
        events[0].GetProperty("envelope").GetProperty("message").GetRawText().ShouldContain("source");
        (await Catalog.GetWith(notebook)).Success();
    }

    [Fact]
    public async Task Attributes_that_relationships_give_are_taken_for_those()
    {
        var made = (await Catalog.Types(
            "POST",
            "/typedefs",
            """
            {"entityDefs":[{"name":"Job~","superTypes":["Asset"],"attributeDefs":[{"name":"steps","typeName":"array<Step~>","cardinality":"SET","isOptional":true}]},{"name":"Step~","superTypes":["Asset"]}],
             "relationshipDefs":[{"name":"job_steps~","relationshipCategory":"AGGREGATION","propagateTags":"NONE","endDef1":{"type":"Job~","name":"steps","isContainer":true,"cardinality":"SET"},"endDef2":{"type":"Step~","name":"job","cardinality":"SINGLE"}}]}
            """,
            asAtlas: true)).Success();

        made.GetProperty("entityDefs")[0].GetProperty("attributeDefs").GetArrayLength().ShouldBe(0);
        made.GetProperty("entityDefs")[0].GetProperty("relationshipAttributeDefs").EnumerateArray().ShouldContain(end => end.GetProperty("name").GetString() == "steps");
    }

    [Fact]
    public async Task Changes_at_one_time_are_all_made()
    {
        await MakeAsync("""{"enumDefs":[{"name":"Shared~","elementDefs":[]}]}""");

        var made = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Catalog.Types("POST", "/typedefs", $$"""{"enumDefs":[{"name":"Own{{number}}~","elementDefs":[{"value":"a"}]}]}""")));

        made.ShouldAllBe(reply => reply.Status == 200);
        var names = (await Catalog.Types("GET", "/typedefs/headers?type=ENUM")).Success().EnumerateArray().Select(header => header.GetProperty("name").GetString()).ToList();
        Enumerable.Range(0, 12).Select(number => Catalog.Own($"Own{number}~")).ShouldBeSubsetOf(names!);
    }

    [Fact]
    public async Task Of_the_same_definition_made_at_one_time_one_is_made()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Catalog.Types("POST", "/typedefs", """{"enumDefs":[{"name":"Once~","elementDefs":[]}]}""")));

        made.Count(reply => reply.Status == 200).ShouldBe(1);
        made.Where(reply => reply.Status != 200).ShouldAllBe(reply => reply.Status == 409);
    }

    [Fact]
    public async Task Saves_go_on_beside_changes_of_types()
    {
        await MakeAsync(Model);

        var changes = Task.WhenAll(Enumerable.Range(0, 5).Select(number => Catalog.Types("POST", "/typedefs", $$"""{"enumDefs":[{"name":"Beside{{number}}~","elementDefs":[]}]}""")));
        var saves = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Catalog.Save(Catalog.Draft(Catalog.Own("Notebook~"), $"n{number}"))));

        (await changes).ShouldAllBe(reply => reply.Status == 200);
        saves.ShouldAllBe(save => save.Status == 200);
    }

    private async Task<JsonElement> MakeAsync(string json) => (await Catalog.Types("POST", "/typedefs", json)).Success();

    private async Task<JsonObject> Read(string name) =>
        JsonNode.Parse((await Catalog.Types("GET", $"/typedef/name/{name}")).Success().GetRawText())!.AsObject();

    private async Task<JsonElement> ChangeAsync(string list, JsonObject definition, Action<JsonObject> change)
    {
        var changed = definition.DeepClone().AsObject();
        change(changed);
        return (await Catalog.Types("PUT", "/typedefs", new JsonObject { [list] = new JsonArray(changed) }.ToJsonString())).Success().GetProperty(list)[0];
    }

    /// <summary>Definitions without what relationships and custom metadata of other tests give to the types meanwhile.</summary>
    private static string WithoutWhatOthersGive(JsonElement definitions)
    {
        var json = JsonNode.Parse(definitions.GetRawText())!.AsObject();
        foreach (var type in json["entityDefs"]!.AsArray())
        {
            type!.AsObject().Remove("relationshipAttributeDefs");
            type.AsObject().Remove("businessAttributeDefs");
        }

        return json.ToJsonString();
    }

    private async Task<long> CommitsAsync()
    {
        var made = await Catalog.Types("GET", "/typedefs");
        return made.Success().EnumerateObject().SelectMany(list => list.Value.EnumerateArray())
            .Where(definition => definition.GetProperty("name").GetString()!.EndsWith(Catalog.Own("~"), StringComparison.Ordinal))
            .Sum(definition => definition.GetProperty("version").GetInt64());
    }
}
