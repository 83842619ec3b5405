using System.Text.Json.Nodes;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>A request that is refused leaves no trace, and says all that is wrong at once.</summary>
public sealed class ErrorScenarios(CatalogServer server) : Scenario(server)
{
    [Fact]
    public async Task All_problems_of_a_request_are_told_in_one_error()
    {
        var save = await Catalog.Save(
            Table("orders").With("rowCount", "many"),
            Table("sales").With("certificateStatus", "GOOD"),
            Table("refunds").Set("attributes", new JsonObject { ["qualifiedName"] = $"{Catalog.Scenario}/refunds" }));

        save.ShouldBeRefused(404, "ATLAS-404-00-007", "rowCount", "certificateStatus", "name");
        save.Body.GetProperty("problems").GetArrayLength().ShouldBe(3);
        save.Body.GetProperty("problems")[0].GetProperty("path").GetString().ShouldBe("entities[0].attributes.rowCount");
    }

    [Fact]
    public async Task A_taken_name_is_told_beside_wrong_values()
    {
        var sales = await Catalog.Have(Table("sales"));
        var orders = await Catalog.Have(Table("orders"));
        var (glossary, _) = await HaveTerm("revenue");
        var again = Term("revenue").In("anchor", glossary).ByGuid("-1");

        var save = await Catalog.Save(
            Table("refunds").With("rowCount", "many"),
            orders.ByGuid().With("qualifiedName", sales.QualifiedName).With("columnCount", "few"),
            again,
            Term("sp@ce").In("anchor", glossary),
            again.ByGuid("-2").With("name", "profit"));

        PathsIn(save).ShouldBe(
            ["entities[0].attributes.rowCount", "entities[1].attributes.columnCount", "entities[1].attributes.qualifiedName", "entities[3].attributes.name", "entities[2].attributes.name"],
            ignoreOrder: true);
        save.ShouldBeRefused(404, "ATLAS-404-00-007");
    }

    [Fact]
    public async Task What_only_follows_from_another_mistake_is_not_told()
    {
        var sales = await Catalog.Have(Table("sales"));
        var orders = await Catalog.Have(Table("orders"));
        var elsewhere = sales.ByGuid().With("qualifiedName", $"{Catalog.Scenario}/elsewhere");

        PathsIn(await Catalog.Save(elsewhere.Set("typeName", "View"), orders.ByGuid().With("qualifiedName", sales.QualifiedName))).ShouldBe(["entities[0].typeName"]);
        PathsIn(await Catalog.Save(elsewhere.ByGuid("nobody"), orders.ByGuid().With("qualifiedName", sales.QualifiedName))).ShouldBe(["entities[0].guid"]);
        PathsIn(await Catalog.Save(elsewhere.Set("expectedVersion", 9), orders.ByGuid().With("qualifiedName", sales.QualifiedName))).ShouldBe(["entities[0].expectedVersion"]);
        PathsIn(await Catalog.Save(Catalog.Draft("Spreadsheet", "book").ByGuid("-1"), Column("id").Relating("table", new JsonObject { ["guid"] = "-1" }))).ShouldBe(["entities[0].typeName"]);
    }

    [Fact]
    public async Task An_owner_that_is_refused_leaves_no_part_without_one()
    {
        var (glossary, revenue) = await HaveTerm("revenue");
        var other = await Catalog.Have(Glossary("other"));

        PathsIn(await Catalog.Save(revenue.Set("status", 5).In("anchor", other), glossary.Linked("terms"))).ShouldBe(["entities[0].status"]);
        PathsIn(await Catalog.Save(other.Of("Spreadsheet").Appending("terms", revenue), glossary.Linked("terms"))).ShouldBe(["entities[0].typeName"]);
    }

    [Fact]
    public async Task Tags_that_cannot_be_attached_are_told_beside_assets_that_do_not_exist()
    {
        var tag = Catalog.Own("Pii~").Replace('/', '-');
        (await Catalog.DefineTag(tag)).Success();
        var orders = await Catalog.Have(Table("orders"));
        var attach = new JsonObject { ["classification"] = new JsonObject { ["typeName"] = tag }, ["entityGuids"] = List(orders.Guid) };
        (await Catalog.Send(HttpMethod.Post, "/api/meta/entity/bulk/classification", attach.ToJsonString())).Status.ShouldBe(204);
        attach["entityGuids"] = List("nobody", Guid.NewGuid().ToString(), orders.Guid);

        var refused = await Catalog.Send(HttpMethod.Post, "/api/meta/entity/bulk/classification", attach.ToJsonString());

        refused.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString())
            .ShouldBe(["ATLAS-404-00-005", "ATLAS-404-00-005", "ATLAS-400-00-01A"]);
    }

    [Fact]
    public async Task One_wrong_asset_keeps_the_whole_request_from_being_stored()
    {
        var stored = await Catalog.Have(Table("stored"));
        var stamp = await StampOf(stored);

        (await Catalog.Save(Table("orders"), stored.With("rowCount", 1), Column("id").In("table", Table("nobody"))))
            .ShouldBeRefused(404, "ATLAS-404-00-00A");

        (await Catalog.GetByName(Table("orders"))).Status.ShouldBe(404);
        (await StampOf(stored)).ShouldBe(stamp);
    }

    [Fact]
    public async Task The_error_names_the_requests_own_guid() =>
        (await Catalog.Save(Table("orders").ByGuid("-8").With("rowCount", "many")))
            .Body.GetProperty("entityGuid").GetString().ShouldBe("-8");

    [Fact]
    public async Task A_type_that_does_not_exist_is_refused() =>
        (await Catalog.Save(Catalog.Draft("Spreadsheet", "orders"))).ShouldBeRefused(400, "ATLAS-400-00-014", "Spreadsheet");

    [Theory]
    [InlineData("rowCount", "1.5")]
    [InlineData("rowCount", "99999999999999999999")]
    [InlineData("isTemporary", "\"yes\"")]
    [InlineData("sourceTotalCost", "\"NaN\"")]
    [InlineData("sourceCreatedAt", "\"yesterday\"")]
    [InlineData("ownerUsers", "\"ada\"")]
    [InlineData("queryPreviewConfig", "[]")]
    [InlineData("description", "{}")]
    public async Task A_value_of_another_type_is_refused(string attribute, string value) =>
        (await Catalog.Save(Table("orders").With(attribute, JsonNode.Parse(value)))).ShouldBeRefused(404, "ATLAS-404-00-007", attribute);

    [Fact]
    public async Task A_mandatory_attribute_must_be_given_on_updates_too()
    {
        var orders = await Catalog.Have(Table("orders"));

        (await Catalog.Save(orders.Set("attributes", new JsonObject { ["qualifiedName"] = orders.QualifiedName })))
            .ShouldBeRefused(404, "ATLAS-404-00-007", "Table.name", "mandatory");
    }

    [Fact]
    public async Task Missing_attributes_are_taken_for_none_given() =>
        (await Catalog.Save(Table("orders").Without("attributes"))).ShouldBeRefused(404, "ATLAS-404-00-007", "qualifiedName", "name");

    [Fact]
    public async Task A_text_above_its_limit_is_refused() =>
        (await Catalog.Save(Table("orders").With("description", new string('x', 100_001)))).ShouldBeRefused(400, "ATLAS-400-00-028", "description");

    [Fact]
    public async Task A_relationship_given_both_whole_and_in_part_is_refused()
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await Catalog.Save(Column("total").Linked("meanings", revenue).Appending("meanings", revenue)))
            .ShouldBeRefused(400, "ATLAS-400-00-108", "meanings");
    }

    [Fact]
    public async Task A_list_that_would_leave_a_part_without_its_owner_is_refused_where_it_stands()
    {
        var (glossary, _) = await HaveTerm("revenue");

        var save = await Catalog.Save(Table("orders"), glossary.Linked("terms"));

        save.ShouldBeRefused(404, "ATLAS-404-00-007", "anchor");
        save.Body.GetProperty("problems")[0].GetProperty("path").GetString().ShouldBe("entities[1].relationshipAttributes.terms");
    }

    [Theory]
    [InlineData("5", "")]
    [InlineData("""{"attributes":[]}""", ".attributes")]
    public async Task What_a_reference_says_of_its_relationship_must_be_an_object(string said, string place)
    {
        var (_, revenue) = await HaveTerm("revenue");
        var reference = revenue.Reference;
        reference["relationshipAttributes"] = JsonNode.Parse(said);

        var save = await Catalog.Save(Column("total").Set("relationshipAttributes", new JsonObject { ["meanings"] = new JsonArray(reference) }));

        save.ShouldBeRefused(400, "ATLAS-400-00-029");
        save.Body.GetProperty("problems")[0].GetProperty("path").GetString().ShouldBe($"entities[0].relationshipAttributes.meanings[0].relationshipAttributes{place}");
    }

    [Fact]
    public async Task A_reference_to_an_asset_of_an_unfitting_type_is_refused()
    {
        var id = await Catalog.Have(Column("id"));

        var save = await Catalog.Save(Column("total").In("table", id));

        save.Status.ShouldBeOneOf(400, 404);
        save.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_given_twice_is_refused() =>
        (await Catalog.SaveText("""{"entities":[{"typeName":"Table","attributes":{"name":"a","name":"b","qualifiedName":"q"}}]}"""))
            .ShouldBeRefused(400, "ATLAS-400-00-029", "twice");

    [Theory]
    [InlineData("{\"entities\":[")]
    [InlineData("no json")]
    public async Task A_body_that_is_no_json_is_refused(string body) => (await Catalog.SaveText(body)).ShouldBeRefused(400, "ATLAS-400-00-029");

    [Fact]
    public async Task A_request_without_assets_is_refused() =>
        (await Catalog.SaveText("""{"entities":[]}""")).ShouldBeRefused(400, "ATLAS-400-00-01A");

    [Fact]
    public async Task Unknown_tags_and_custom_metadata_are_refused_rather_than_lost()
    {
        (await Catalog.Save(Table("a").Set("classifications", new JsonArray(new JsonObject { ["typeName"] = "PII" })))).ShouldBeRefused(404, "ATLAS-404-00-008", "PII");
        (await Catalog.Save(Table("a").Set("businessAttributes", new JsonObject { ["Cost"] = new JsonObject { ["team"] = "x" } }))).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Reading_what_is_not_there_says_so()
    {
        var byName = await Catalog.GetByName(Table("nobody"));

        byName.Status.ShouldBe(404);
        byName.Body.GetProperty("errorCode").GetString().ShouldBe("ATLAS-404-00-009");
    }

    private static List<string?> PathsIn(Driving.Outcome refused) =>
        [.. refused.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString())];
}
