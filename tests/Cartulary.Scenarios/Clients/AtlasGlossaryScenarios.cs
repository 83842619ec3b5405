using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>The glossary calls of Apache Atlas's Python client, as they stand on the wire.</summary>
public sealed class AtlasGlossaryScenarios : IDisposable
{
    private const string Glossary = "/api/atlas/v2/glossary";
    private readonly WireClient _client;
    private readonly string _name;

    public AtlasGlossaryScenarios(CatalogServer server)
    {
        _client = WireClient.OfApacheAtlas(server);
        _name = server.NewCatalog().Scenario;
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_glossary_is_created_read_changed_and_archived()
    {
        var made = await _client.AskAsync("POST", Glossary, $$$"""{"guid":null,"qualifiedName":null,"name":"{{{_name}}}","shortDescription":"short","terms":null,"categories":null}""");
        var guid = GuidOf(made);

        var changed = await _client.AskAsync("PUT", $"{Glossary}/{guid}", $$$"""{"guid":"{{{guid}}}","name":"{{{_name}}}","shortDescription":"long","language":null}""");
        await _client.AskAsync("PUT", $"{Glossary}/{guid}/partial", """{"longDescription":"longer"}""");

        changed.GetProperty("shortDescription").GetString().ShouldBe("long");
        var read = await _client.AskAsync("GET", $"{Glossary}/{guid}");
        read.GetProperty("longDescription").GetString().ShouldBe("longer");
        read.GetProperty("qualifiedName").GetString().ShouldBe(made.GetProperty("qualifiedName").GetString());
        (await _client.SendAsync("DELETE", $"{Glossary}/{guid}")).Status.ShouldBe(204);
        (await _client.AskAsync("GET", $"/api/atlas/v2/entity/guid/{guid}")).GetProperty("entity").GetProperty("status").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task Terms_and_categories_stand_in_their_glossary()
    {
        var glossary = await HaveGlossaryAsync();
        var money = await _client.AskAsync("POST", $"{Glossary}/category", $$$"""{"name":"money","anchor":{"glossaryGuid":"{{{glossary}}}"}}""");
        var income = await _client.AskAsync(
            "POST", $"{Glossary}/category", $$$"""{"name":"income","anchor":{"glossaryGuid":"{{{glossary}}}"},"parentCategory":{"categoryGuid":"{{{GuidOf(money)}}}"}}""");

        var terms = await _client.AskAsync(
            "POST",
            $"{Glossary}/terms",
            $$$"""[{"name":"revenue","anchor":{"glossaryGuid":"{{{glossary}}}"},"categories":[{"categoryGuid":"{{{GuidOf(income)}}}","description":"main","status":"ACTIVE"}]},{"name":"profit","anchor":{"glossaryGuid":"{{{glossary}}}"}}]""");

        terms.GetArrayLength().ShouldBe(2);
        terms[0].GetProperty("anchor").GetProperty("glossaryGuid").GetString().ShouldBe(glossary);
        terms[0].GetProperty("categories")[0].GetProperty("description").GetString().ShouldBe("main");
        (await NamesAsync($"{Glossary}/{glossary}/terms?sort=ASC&limit=-1&offset=0", "name")).ShouldBe(["profit", "revenue"]);
        (await NamesAsync($"{Glossary}/{glossary}/terms/headers?sort=DESC&limit=1&offset=0", "displayText")).ShouldBe(["revenue"]);
        (await NamesAsync($"{Glossary}/{glossary}/categories?limit=1&offset=1", "name")).ShouldBe(["money"]);
        (await NamesAsync($"{Glossary}/category/{GuidOf(income)}/terms", "displayText")).ShouldBe(["revenue"]);
        var related = await _client.AskAsync("GET", $"{Glossary}/category/{GuidOf(income)}/related");
        related.GetProperty("parent")[0].GetProperty("categoryGuid").GetString().ShouldBe(GuidOf(money));
        var detailed = await _client.AskAsync("GET", $"{Glossary}/{glossary}/detailed");
        detailed.GetProperty("termInfo").EnumerateObject().Count().ShouldBe(2);
        detailed.GetProperty("categoryInfo").GetProperty(GuidOf(money)).GetProperty("name").GetString().ShouldBe("money");
    }

    [Fact]
    public async Task What_is_read_changes_nothing_when_it_is_put_back()
    {
        var glossary = await HaveGlossaryAsync();
        var revenue = await HaveTermAsync(glossary, "revenue");
        var turnover = await HaveTermAsync(glossary, "turnover");
        await _client.AskAsync(
            "PUT", $"{Glossary}/term/{turnover}", $$$"""{"synonyms":[{"termGuid":"{{{revenue}}}","description":"the same","status":"ACTIVE"}],"examples":["a"]}""");
        var read = await _client.AskAsync("GET", $"{Glossary}/term/{turnover}");
        var version = await VersionAsync(turnover);

        await _client.AskAsync("PUT", $"{Glossary}/term/{turnover}", read.GetRawText());

        read.GetProperty("synonyms")[0].GetProperty("description").GetString().ShouldBe("the same");
        (await VersionAsync(turnover)).ShouldBe(version);
        (await _client.AskAsync("GET", $"{Glossary}/terms/{revenue}/related")).GetProperty("synonyms")[0].GetProperty("termGuid").GetString().ShouldBe(turnover);
    }

    [Fact]
    public async Task A_term_is_given_to_assets_and_taken_from_them()
    {
        var revenue = await HaveTermAsync(await HaveGlossaryAsync(), "revenue");
        var saved = await _client.AskAsync(
            "POST", "/api/atlas/v2/entity/", $$$$"""{"entity":{"typeName":"Table","guid":"-1","attributes":{"name":"orders","qualifiedName":"{{{{_name}}}}/orders"}}}""");
        var orders = saved.GetProperty("guidAssignments").GetProperty("-1").GetString()!;

        var given = await _client.SendAsync("POST", $"{Glossary}/terms/{revenue}/assignedEntities", $$$"""[{"guid":"{{{orders}}}","typeName":"Table"}]""");

        given.Status.ShouldBe(204);
        var assigned = (await _client.AskAsync("GET", $"{Glossary}/terms/{revenue}/assignedEntities?limit=-1&offset=0&sort=ASC"))[0];
        assigned.GetProperty("guid").GetString().ShouldBe(orders);
        assigned.GetProperty("entityStatus").GetString().ShouldBe("ACTIVE");
        var taken = await _client.SendAsync("PUT", $"{Glossary}/terms/{revenue}/assignedEntities", $"[{assigned.GetRawText()}]");
        taken.Status.ShouldBe(204);
        (await _client.AskAsync("GET", $"{Glossary}/terms/{revenue}/assignedEntities")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Refusals_name_the_place_in_the_body()
    {
        var glossary = await HaveGlossaryAsync();
        await HaveTermAsync(glossary, "revenue");

        var taken = await _client.SendAsync("POST", $"{Glossary}/terms", $$$"""[{"name":"profit","anchor":{"glossaryGuid":"{{{glossary}}}"}},{"name":"revenue","anchor":{"glossaryGuid":"{{{glossary}}}"}}]""");
        var loose = await _client.SendAsync("POST", $"{Glossary}/term", """{"name":"loose"}""");
        var other = await _client.SendAsync("GET", $"{Glossary}/term/{glossary}");
        var broken = await _client.SendAsync("POST", $"{Glossary}/term", "{\"name\":");

        Refusal(taken).ShouldBe((409, "ATLAS-409-00-009", "[1].name"));
        Refusal(loose).ShouldBe((404, "ATLAS-404-00-007", "anchor"));
        Refusal(other).ShouldBe((404, "ATLAS-404-00-005", "guid"));
        broken.Status.ShouldBe(400);
        (await NamesAsync($"{Glossary}/{glossary}/terms", "name")).ShouldBe(["revenue"]);
    }

    private static (int Status, string Code, string Path) Refusal(Driving.HttpReply reply) =>
        (reply.Status, reply.Body.GetProperty("errorCode").GetString()!, reply.Body.GetProperty("problems")[0].GetProperty("path").GetString()!);

    private static string GuidOf(JsonElement part) => part.GetProperty("guid").GetString()!;

    private async Task<string> HaveGlossaryAsync() => GuidOf(await _client.AskAsync("POST", Glossary, $$$"""{"name":"{{{_name}}}"}"""));

    private async Task<string> HaveTermAsync(string glossary, string name) =>
        GuidOf(await _client.AskAsync("POST", $"{Glossary}/term", $$$"""{"name":"{{{name}}}","anchor":{"glossaryGuid":"{{{glossary}}}"}}"""));

    private async Task<long> VersionAsync(string guid) =>
        (await _client.AskAsync("GET", $"/api/atlas/v2/entity/guid/{guid}")).GetProperty("entity").GetProperty("version").GetInt64();

    private async Task<List<string?>> NamesAsync(string path, string member) =>
        [.. (await _client.AskAsync("GET", path)).EnumerateArray().Select(part => part.GetProperty(member).GetString())];
}
