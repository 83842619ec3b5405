using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What a search sees, and what it refuses.</summary>
public sealed class SearchScenarios(CatalogServer server) : Scenario(server)
{
    private const string Index = "/api/meta/search/indexsearch";

    [Fact]
    public async Task A_search_sees_every_save_that_was_acknowledged_before_it()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var number = 0; number < 25; number++)
            {
                var table = await Catalog.Have(Table($"t{writer}-{number}"));
                (await Found($"{{\"term\":{{\"__guid\":\"{table.Guid}\"}}}}")).ShouldBe([table.Guid]);

                var word = $"word{(char)('a' + writer)}{(char)('a' + number)}";
                (await Catalog.Save(table.ByGuid().With("description", word))).ShouldSucceed();
                (await Found(Own($$$"""{"match":{"description":"{{{word}}}"}}"""))).ShouldBe([table.Guid]);
            }
        }));

        (await Search("""{"size":0,"query":OWN}""")).GetProperty("approximateCount").GetInt32().ShouldBe(100);
    }

    [Fact]
    public async Task An_archived_asset_is_found_as_such_and_a_purged_one_is_not()
    {
        var (archived, purged) = (await Catalog.Have(Table("archived")), await Catalog.Have(Table("purged")));
        await Catalog.Delete(archived);
        await Catalog.DeleteAs("PURGE", purged);

        var found = (await Search("""{"query":OWN}""")).GetProperty("entities").EnumerateArray().ShouldHaveSingleItem();

        found.GetProperty("guid").GetString().ShouldBe(archived.Guid);
        found.GetProperty("status").GetString().ShouldBe("DELETED");
        (await Found(Own("""{"term":{"__state":"ACTIVE"}}"""))).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_asset_is_found_by_its_terms_and_tells_them()
    {
        var (_, term) = await HaveTerm("Revenue");
        var table = await Catalog.Have(Table("orders").Linked("meanings", term));

        var found = (await Search($$$$"""{"query":{"term":{"__meanings":"{{{{await NameOf(term)}}}}"}}}""")).GetProperty("entities").EnumerateArray().ShouldHaveSingleItem();

        found.GetProperty("guid").GetString().ShouldBe(table.Guid);
        found.GetProperty("meaningNames")[0].GetString().ShouldBe("Revenue");
        found.GetProperty("meanings")[0].GetProperty("termGuid").GetString().ShouldBe(term.Guid);
    }

    [Fact]
    public async Task Pages_by_search_after_lose_and_repeat_nothing_while_assets_are_saved()
    {
        await Task.WhenAll(Enumerable.Range(0, 23).Select(number => Catalog.Have(Table($"t{number:D2}").With("rowCount", number % 3))));
        var walked = new List<string>();

        for (var after = ""; ;)
        {
            var page = await Search($$"""{"size":5,"query":OWN,"sort":[{"rowCount":"desc"}]{{after}}}""");
            await Catalog.Have(Table($"t{walked.Count:D2}").With("rowCount", (walked.Count % 3) + 1));
            if (!page.TryGetProperty("entities", out var entities))
            {
                break;
            }

            page.TryGetProperty("searchAfter", out var last).ShouldBeTrue();
            walked.AddRange(entities.EnumerateArray().Select(entity => entity.GetProperty("guid").GetString()!));
            after = $",\"search_after\":{last.GetRawText()}";
        }

        walked.Distinct().Count().ShouldBe(walked.Count);
        walked.Count.ShouldBeInRange(20, 23);
    }

    [Fact]
    public async Task What_is_not_supported_is_refused_by_name_and_place()
    {
        var answer = await Catalog.Send(HttpMethod.Post, Index, """{"dsl":{"query":{"bool":{"must":[{"intervals":{}},{"term":{"rowCount":"x"}}]}},"collapse":{"field":"a"}},"persona":"p"}""");

        answer.Status.ShouldBe(400);
        answer.Body.GetProperty("errorCode").GetString().ShouldBe("ATLAS-400-00-503");
        var second = await Catalog.Send(HttpMethod.Post, Index, """{"dsl":{"query":{"bool":{"must":[{"intervals":{}},{"term":{"rowCount":"x"}}]}},"collapse":{"field":"a"}}}""");
        second.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()).Order(StringComparer.Ordinal)
            .ShouldBe(["dsl.collapse", "dsl.query.bool.must[0].intervals", "dsl.query.bool.must[1].term.rowCount"]);
        second.Body.GetProperty("errorMessage").GetString()!.ShouldContain("intervals");
    }

    [Fact]
    public async Task A_new_type_s_attributes_can_be_searched_at_once()
    {
        var type = $"T{Guid.NewGuid():N}";
        (await Catalog.Send(HttpMethod.Post, "/api/atlas/v2/types/typedefs", $$"""{"entityDefs":[{"name":"{{type}}","superTypes":["Asset"],"attributeDefs":[{"name":"x{{type}}","typeName":"int","isOptional":true,"cardinality":"SINGLE"}]}]}""")).Success();
        var asset = await Catalog.Have(Catalog.Draft(type, "one").With($"x{type}", 5));

        (await Found($$$$"""{"range":{"x{{{{type}}}}":{"gte":5}}}""")).ShouldBe([asset.Guid]);
    }

    private static string Own(string query) => $$$"""{"bool":{"filter":[OWN,{{{query}}}]}}""";

    private async Task<List<string>> Found(string query) =>
        (await Search($$"""{"query":{{query}}}""")).TryGetProperty("entities", out var entities) ? [.. entities.EnumerateArray().Select(entity => entity.GetProperty("guid").GetString()!)] : [];

    private async Task<JsonElement> Search(string dsl)
    {
        var own = $$$"""{"prefix":{"qualifiedName":"{{{Catalog.Scenario}}}/"}}""";
        return (await Catalog.Send(HttpMethod.Post, Index, $$"""{"dsl":{{dsl.Replace("OWN", own, StringComparison.Ordinal)}}}""")).Success();
    }
}
