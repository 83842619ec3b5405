using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Custom metadata by its own calls (Atlan, "Custom metadata added" and "Custom metadata removed").</summary>
public sealed class CustomMetadataScenarios(CatalogServer server) : CustomMetadataScenario(server)
{
    private const string Displayed =
        """
        {"businessMetadataDefs":[{"category":"BUSINESS_METADATA","name":"Rating~","displayName":"Rating~","attributeDefs":[
          {"name":"","displayName":"How good","typeName":"int","isOptional":true,"options":{"applicableEntityTypes":"[\"Asset\"]"}}]}]}
        """;

    [Fact]
    public async Task Custom_metadata_added_is_told_by_one_event_of_its_own()
    {
        var orders = await HaveTable();

        var call = await Catalog.Change(HttpMethod.Post, orders, $"businessmetadata/{Quality}", """{"score":5,"note":"fine"}""");

        call.Status.ShouldBe(204);
        call.ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        var told = call.Events[0];
        told.After.GetRawText().ShouldBe($$$"""{"{{{Quality}}}":{"note":"fine","score":5}}""");
        told.Before.GetRawText().ShouldBe($$$"""{"{{{Quality}}}":{"note":null,"score":null}}""");
        told.Entity.TryGetProperty("businessAttributes", out _).ShouldBeFalse("custom metadata is never in the entity");
        told.Version.ShouldBe(2);
        (await Metadata(orders)).ShouldBe($$$"""{"{{{Quality}}}":{"note":"fine","score":5}}""");
    }

    [Fact]
    public async Task Custom_metadata_removed_is_told_with_null_and_what_it_was()
    {
        var orders = await HaveTable("""{"score":5,"note":"fine"}""");

        var call = await Catalog.Change(HttpMethod.Delete, orders, $"businessmetadata/{Quality}", """{"score":99}""");

        call.ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        call.Events[0].After.GetRawText().ShouldBe($$$"""{"{{{Quality}}}":{"score":null}}""");
        call.Events[0].Before.GetRawText().ShouldBe($$$"""{"{{{Quality}}}":{"score":5}}""");
        (await Catalog.Change(HttpMethod.Delete, orders, $"businessmetadata/{Quality}")).ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        (await Metadata(orders)).ShouldBeNull();
    }

    [Fact]
    public async Task Removing_what_is_not_there_tells_nobody()
    {
        var orders = await HaveTable("""{"score":5}""");

        (await Catalog.Change(HttpMethod.Delete, orders, "businessmetadata", Sets("""{"note":"fine"}"""))).ShouldTell();
        (await Catalog.Change(HttpMethod.Delete, orders, $"businessmetadata/{Tables}")).ShouldTell();
        (await Catalog.Change(HttpMethod.Post, orders, $"businessmetadata/{Quality}", """{"note":null}""")).ShouldTell();
        (await StampOf(orders)).ShouldStartWith("version 2,");
    }

    [Theory]
    [InlineData("""{"score":7.0}""")]
    [InlineData("""{"score":"7"}""")]
    [InlineData("""{"day":"2023-11-14T22:13:20Z"}""")]
    [InlineData("""{"grades":["b","a","b"]}""")]
    [InlineData("""{"ratio":"0.50"}""")]
    [InlineData("""{"grade":"A","score":7}""")]
    [InlineData("""{"note":""}""")]
    public async Task Values_in_another_spelling_change_nothing(string spelled)
    {
        var orders = await HaveTable("""{"score":7,"day":1700000000000,"grades":["a","b"],"ratio":0.5,"grade":"A"}""");

        (await Catalog.Change(HttpMethod.Post, orders, $"businessmetadata/{Quality}", spelled)).ShouldTell();
        (await Catalog.SaveWith("replaceBusinessAttributes=true", [orders.Set("businessAttributes", JsonNode.Parse(Sets(spelled)))])).ShouldChangeNothing();
    }

    [Fact]
    public async Task Overwriting_tells_only_what_differs()
    {
        var orders = await HaveTable("""{"score":5,"note":"fine"}""");

        var call = await Catalog.Change(HttpMethod.Post, orders, "businessmetadata?isOverwrite=true", Sets("""{"note":"fine","grade":"B"}"""));

        call.ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        call.Events[0].After.GetRawText().ShouldBe($$$"""{"{{{Quality}}}":{"grade":"B","score":null}}""");
        (await Catalog.Change(HttpMethod.Post, orders, "businessmetadata?isOverwrite=True", Sets("""{"grade":"B","note":"fine"}"""))).ShouldTell();
        (await Catalog.Change(HttpMethod.Post, orders, "businessmetadata?isOverwrite=True", "{}")).ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        (await Catalog.Change(HttpMethod.Post, orders, "businessmetadata?isOverwrite=True", "{}")).ShouldTell();
    }

    [Fact]
    public async Task Sets_and_attributes_can_be_named_as_people_know_them()
    {
        var orders = await HaveTable();
        var made = (await Catalog.Types("POST", "/typedefs", Displayed)).Success().GetProperty("businessMetadataDefs")[0];
        var (set, attribute) = (made.GetProperty("name").GetString(), made.GetProperty("attributeDefs")[0].GetProperty("name").GetString());

        var call = await Catalog.Change(HttpMethod.Post, orders, "businessmetadata/displayName", Catalog.Own("""{"Rating~":{"How good":3}}"""));

        call.ShouldTell("BUSINESS_ATTRIBUTE_UPDATE orders");
        call.Events[0].After.GetRawText().ShouldBe($"{{\"{set}\":{{\"{attribute}\":3}}}}");
        (await Catalog.Change(HttpMethod.Post, orders, $"businessmetadata/{set}", $"{{\"{attribute}\":3}}")).ShouldTell();
        (await Catalog.Change(HttpMethod.Post, orders, "businessmetadata/displayName", $"{{\"{set}\":{{\"{attribute}\":4}}}}")).ShouldBeRefused(400, "ATLAS-400-00-095");
        (await Catalog.Change(HttpMethod.Post, orders, $"businessmetadata/{set}", """{"How good":4}""")).ShouldBeRefused(400, "ATLAS-400-00-096");
    }

    [Theory]
    [InlineData("businessmetadata/NoSuchSet", """{"score":1}""", 400, "ATLAS-400-00-095")]
    [InlineData("businessmetadata/{quality}", """{"size":1}""", 400, "ATLAS-400-00-096")]
    [InlineData("businessmetadata/{quality}", """{"score":"many"}""", 404, "ATLAS-404-00-007")]
    [InlineData("businessmetadata/{quality}", """{"score":1.5}""", 404, "ATLAS-404-00-007")]
    [InlineData("businessmetadata/{quality}", """{"note":"more than ten letters"}""", 404, "ATLAS-404-00-007")]
    [InlineData("businessmetadata/{quality}", """{"code":"lower"}""", 404, "ATLAS-404-00-007")]
    [InlineData("businessmetadata/{quality}", """{"codes":["AB","lower"]}""", 404, "ATLAS-404-00-007")]
    [InlineData("businessmetadata/{quality}", """{"grade":"Z"}""", 404, "ATLAS-404-00-007")]
    [InlineData("businessmetadata/{quality}", """{"retired":"x"}""", 404, "ATLAS-404-00-007")]
    [InlineData("businessmetadata/{quality}", """{"score":1,"score":2}""", 400, "ATLAS-400-00-029")]
    [InlineData("businessmetadata/{quality}", """[1]""", 400, "ATLAS-400-00-029")]
    [InlineData("businessmetadata", """{}""", 400, "ATLAS-400-00-01A")]
    [InlineData("businessmetadata", """{"{quality}":[]}""", 400, "ATLAS-400-00-029")]
    public async Task What_is_wrong_is_refused_and_told_to_nobody(string part, string json, int status, string code)
    {
        var orders = await HaveTable();

        (await Catalog.Change(HttpMethod.Post, orders, Fill(part), Fill(json))).ShouldBeRefused(status, code);
        (await Metadata(orders)).ShouldBeNull();
    }

    [Fact]
    public async Task All_mistakes_are_named_at_once_with_their_places()
    {
        var orders = await HaveTable();

        var refused = await Catalog.Change(HttpMethod.Post, orders, "businessmetadata", Fill("""{"{quality}":{"score":"x","size":1},"Nothing":{"a":1}}"""));

        refused.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString())
            .ShouldBe([$"businessmetadata.{Quality}.score", $"businessmetadata.{Quality}.size", "businessmetadata.Nothing"]);
    }

    [Fact]
    public async Task A_set_is_only_for_assets_of_the_types_it_names()
    {
        await HaveTable();
        var id = await Catalog.Have(Column("id"));

        (await Catalog.Change(HttpMethod.Post, id, $"businessmetadata/{Tables}", """{"rows":1}""")).ShouldBeRefused(400, "ATLAS-400-00-095");
    }

    [Fact]
    public async Task An_asset_that_nobody_has_is_not_found()
    {
        var nobody = Table("nobody").Known("0199a3f0-5c3e-7d1a-9f55-2c1d7d6b8e01");

        (await Catalog.Change(HttpMethod.Post, nobody, "businessmetadata/Any", """{"score":1}""")).ShouldBeRefused(404, "ATLAS-404-00-005");
    }

    [Fact]
    public async Task Trials_receipts_conditions_and_keys_work_for_it_as_for_every_save()
    {
        var orders = await HaveTable();
        var part = $"businessmetadata/{Quality}";

        var trial = await Catalog.Change(HttpMethod.Post, orders, $"{part}?dryRun=true", """{"score":1}""");
        trial.ShouldTell();
        trial.Body.GetProperty("events").GetArrayLength().ShouldBe(1);
        (await Metadata(orders)).ShouldBeNull();
        (await Catalog.Change(HttpMethod.Post, orders, part, """{"score":1}""", new KeyValuePair<string, string>("If-Match", "\"7\""))).ShouldBeRefused(412, "CARTULARY-412-00-001");
        var save = await Catalog.Change(HttpMethod.Post, orders, $"{part}?receipts=true", """{"score":1}""", new KeyValuePair<string, string>("Idempotency-Key", $"{Catalog.Scenario}-1"));
        save.Verdicts.ShouldBe(["UPDATE orders"]);
        save.Receipts[0].GetProperty("changes").GetRawText()
            .ShouldBe($"{{\"businessAttributes\":{{\"before\":{Sets("""{"score":null}""")},\"after\":{Sets("""{"score":1}""")}}}}}");
        var again = await Catalog.Change(HttpMethod.Post, orders, $"{part}?receipts=true", """{"score":1}""", new KeyValuePair<string, string>("Idempotency-Key", $"{Catalog.Scenario}-1"));
        again.ShouldTell();
        again.Header("Idempotent-Replayed").ShouldBe("true");
        again.Body.GetRawText().ShouldBe(save.Body.GetRawText());
    }

    [Fact]
    public async Task Archiving_tells_what_the_asset_had_and_restoring_finds_it_there()
    {
        var orders = await HaveTable("""{"score":5}""");

        var archived = await Catalog.Delete(orders);
        archived.ShouldTell("DELETE orders");
        archived.Events[0].After.GetProperty("businessAttributes").GetRawText().ShouldBe(Sets("""{"score":5}"""));
        (await Catalog.Save(orders.Restored())).ShouldTell("UPDATE orders");
        (await Metadata(orders)).ShouldBe(Sets("""{"score":5}"""));
    }
}
