using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Who did what to which asset, asked as Atlan's audit and as Apache Atlas's.</summary>
public sealed class AuditScenarios(CatalogServer server) : CustomMetadataScenario(server)
{
    private string Tag => Catalog.Own("Pii~");

    [Fact]
    public async Task An_asset_s_whole_life_is_told_the_newest_first()
    {
        var orders = await HaveLife();

        var answer = await Search(new JsonObject { ["size"] = 100 }, orders);

        Actions(answer).ShouldBe(
        [
            "ENTITY_DELETE", "BUSINESS_ATTRIBUTE_UPDATE", "CLASSIFICATION_DELETE", "CLASSIFICATION_UPDATE", "CLASSIFICATION_ADD", "ENTITY_UPDATE", "ENTITY_CREATE",
        ]);
        (answer.GetProperty("totalCount").GetInt32(), answer.GetProperty("count").GetInt32()).ShouldBe((7, 7));
        answer.GetProperty("totalCountRelation").GetString().ShouldBe("eq");
        foreach (var entry in Entries(answer))
        {
            entry.GetProperty("entityId").GetString().ShouldBe(orders.Guid);
            entry.GetProperty("entityQualifiedName").GetString().ShouldBe(orders.QualifiedName);
            entry.GetProperty("typeName").GetString().ShouldBe("Table");
            entry.GetProperty("user").GetString().ShouldBe("admin");
            entry.GetProperty("created").GetInt64().ShouldBe(entry.GetProperty("timestamp").GetInt64());
            entry.GetProperty("entityDetail").GetProperty("status").GetString().ShouldBe("DELETED");
        }

        Entries(answer).Select(Key).Distinct().Count().ShouldBe(7);
    }

    [Fact]
    public async Task An_entry_says_what_is_now_and_what_was_before()
    {
        var orders = await HaveLife();
        var entries = Entries(await Search(new JsonObject { ["size"] = 100 }, orders)).ToDictionary(Action);

        Detail(entries["ENTITY_CREATE"]).GetProperty("attributes").GetProperty("description").GetString().ShouldBe("first");
        Detail(entries["ENTITY_UPDATE"]).GetProperty("attributes").GetRawText().ShouldBe("""{"description":"second"}""");
        entries["ENTITY_UPDATE"].GetProperty("previousDetail").GetProperty("attributes").GetRawText().ShouldBe("""{"description":"first"}""");
        Detail(entries["CLASSIFICATION_ADD"]).GetProperty("typeName").GetString().ShouldBe(Tag);
        Detail(entries["CLASSIFICATION_UPDATE"]).GetProperty("propagate").GetBoolean().ShouldBeTrue();
        entries["CLASSIFICATION_UPDATE"].GetProperty("previousDetail").GetProperty("propagate").GetBoolean().ShouldBeFalse();
        Detail(entries["CLASSIFICATION_DELETE"]).GetProperty("typeName").GetString().ShouldBe(Tag);
        Detail(entries["BUSINESS_ATTRIBUTE_UPDATE"]).GetRawText().ShouldBe(Fill("""{"typeName":"{quality}","attributes":{"note":"x","score":3}}"""));
        Detail(entries["ENTITY_DELETE"]).GetProperty("status").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task Every_entry_is_an_event_and_every_event_an_entry()
    {
        var orders = await Catalog.Have(Table("orders"));
        var outcome = await Catalog.Save(orders.With("description", "other"), Column("id").In("table", orders));

        var answer = await Search(Query($"{{\"bool\":{{\"filter\":[{Is("entityId", orders.Guid)}]}}}}"));

        var entry = Entries(answer)[0];
        var told = outcome.Event("UPDATE orders");
        entry.GetProperty("sequence").GetInt64().ShouldBe(told.Sequence);
        Detail(entry).GetRawText().ShouldBe(told.Message.GetProperty("mutatedDetails").GetRawText());
        entry.GetProperty("headers").GetRawText().ShouldBe(told.Message.GetProperty("headers").GetRawText());
        Key(entry).ShouldBe($"{orders.Guid}:{entry.GetProperty("created").GetRawText()}:{told.Sequence}");
    }

    [Fact]
    public async Task A_tag_that_is_passed_on_is_told_as_such()
    {
        (await Catalog.DefineTag(Tag)).Success();
        var orders = await Catalog.Have(Table("orders"));
        var id = await Catalog.Have(Column("id").In("table", orders));
        await Catalog.Change(HttpMethod.Post, orders, "classifications", $$"""[{"typeName":"{{Tag}}","propagate":true}]""");

        Actions(await Search([], id)).ShouldBe(["PROPAGATED_CLASSIFICATION_ADD", "ENTITY_CREATE"]);
        Entries(await Search([], id))[0].GetProperty("detail").GetProperty("entityGuid").GetString().ShouldBe(orders.Guid);
    }

    [Fact]
    public async Task Terms_that_are_given_and_taken_are_told_beside_the_update()
    {
        var term = await Catalog.Have(Term("revenue").In("anchor", await Catalog.Have(Glossary("finance"))));
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Save(orders.Linked("meanings", term));
        await Catalog.Save(orders.Linked("meanings"));

        var entries = Entries(await Search([], orders));

        entries.Select(Action).ShouldBe(["ENTITY_UPDATE", "TERM_DELETE", "ENTITY_UPDATE", "TERM_ADD", "ENTITY_CREATE"]);
        foreach (var entry in entries.Where(entry => Action(entry).StartsWith("TERM", StringComparison.Ordinal)))
        {
            (Detail(entry).GetProperty("typeName").GetString(), Detail(entry).GetProperty("guid").GetString()).ShouldBe(("AtlasGlossaryTerm", term.Guid));
            Detail(entry).GetProperty("attributes").GetProperty("qualifiedName").GetString().ShouldNotBeNullOrEmpty();
            entry.TryGetProperty("previousDetail", out _).ShouldBeFalse();
        }

        entries.Select(Key).Distinct().Count().ShouldBe(5);
        Actions(await Search(Query("""{"term":{"action":"TERM_ADD"}}"""), orders)).ShouldBe(["TERM_ADD"]);
    }

    [Fact]
    public async Task Two_tags_of_one_event_are_two_entries()
    {
        (await Catalog.DefineTag(Tag)).Success();
        (await Catalog.DefineTag(Catalog.Own("Secret~"))).Success();
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Change(HttpMethod.Post, orders, "classifications", $$"""[{"typeName":"{{Tag}}"},{"typeName":"{{Catalog.Own("Secret~")}}"}]""");

        var entries = Entries(await Search([], orders));

        entries.Select(entry => Detail(entry).GetProperty("typeName").GetString()).Take(2).ShouldBe([Tag, Catalog.Own("Secret~")], ignoreOrder: true);
        entries.Select(Key).Distinct().Count().ShouldBe(3);
        entries[0].GetProperty("sequence").GetInt64().ShouldBe(entries[1].GetProperty("sequence").GetInt64());
    }

    [Theory]
    [InlineData("""{"term":{"action":"ENTITY_UPDATE"}}""", "ENTITY_UPDATE")]
    [InlineData("""{"term":{"action.keyword":{"value":"entity_update","case_insensitive":true}}}""", "ENTITY_UPDATE")]
    [InlineData("""{"terms":{"action":["ENTITY_CREATE","ENTITY_UPDATE"]}}""", "ENTITY_UPDATE ENTITY_CREATE")]
    [InlineData("""{"prefix":{"action":"CLASS"}}""", "CLASSIFICATION_DELETE CLASSIFICATION_UPDATE CLASSIFICATION_ADD")]
    [InlineData("""{"bool":{"must_not":[{"prefix":{"action":"CLASS"}},{"prefix":{"action":"ENTITY"}}]}}""", "BUSINESS_ATTRIBUTE_UPDATE")]
    [InlineData("""{"bool":{"should":[{"term":{"action":"ENTITY_CREATE"}},{"term":{"action":"ENTITY_DELETE"}}]}}""", "ENTITY_DELETE ENTITY_CREATE")]
    [InlineData("""{"bool":{"must":{"term":{"user":"admin"}},"should":[{"term":{"action":"ENTITY_CREATE"}}],"minimum_should_match":1,"boost":1.0}}""", "ENTITY_CREATE")]
    [InlineData("""{"range":{"created":{"lt":0}}}""", "")]
    [InlineData("""{"range":{"timestamp":{"gte":"2020-01-01T00:00:00Z","lte":9999999999999,"format":"strict_date_optional_time"}}}""", "7")]
    [InlineData("""{"range":{"created":{"gte":"now-1h","lte":"now+1h"}}}""", "7")]
    [InlineData("""{"range":{"created":{"gt":"now+1d/d"}}}""", "")]
    [InlineData("""{"range":{"created":{"lt":"2020-01-01||+1M","time_zone":"+01:00"}}}""", "")]
    [InlineData("""{"term":{"created":"2020"}}""", "")]
    [InlineData("""{"bool":{"should":[{"terms":{"timestamp":["now/y","now-1m/y"]}}]}}""", "7")]
    [InlineData("""{"exists":{"field":"user"}}""", "7")]
    [InlineData("""{"term":{"typeName":"Column"}}""", "")]
    [InlineData("""{"bool":{}}""", "7")]
    [InlineData("""{"match_all":{}}""", "7")]
    [InlineData("""{"match_none":{}}""", "")]
    public async Task Queries_choose_entries(string query, string expected)
    {
        var orders = await HaveLife();

        var answer = await Search(Query(query), orders);

        if (expected == "7")
        {
            answer.GetProperty("totalCount").GetInt32().ShouldBe(7);
            return;
        }

        string.Join(' ', Actions(answer)).ShouldBe(expected);
    }

    [Fact]
    public async Task Pages_follow_one_another_until_one_is_empty()
    {
        var orders = await HaveLife();
        var all = Entries(await Search(new JsonObject { ["size"] = 100 }, orders)).ConvertAll(Key);

        var paged = new List<string>();
        for (var page = new List<string> { "" }; page.Count > 0;)
        {
            page = Entries(await Search(
                new JsonObject { ["from"] = paged.Count, ["size"] = 3, ["sort"] = JsonNode.Parse("""[{"created":{"order":"desc"}},{"entityId":{"order":"asc"}}]""") },
                orders)).ConvertAll(Key);
            paged.AddRange(page);
        }

        paged.ShouldBe(all);
        var oldestFirst = await Search(new JsonObject { ["size"] = 100, ["sort"] = JsonNode.Parse("""["created"]""") }, orders);
        Entries(oldestFirst).ConvertAll(Key).ShouldBe(Enumerable.Reverse(all));
    }

    [Fact]
    public async Task A_range_of_time_goes_on_where_pages_ended()
    {
        var orders = await HaveLife();
        var oldestFirst = new JsonObject { ["size"] = 100, ["sort"] = JsonNode.Parse("""[{"created":{"order":"asc"}},{"entityId":{"order":"asc"}}]""") };
        var all = Entries(await Search(oldestFirst, orders));
        var since = all[3].GetProperty("created").GetInt64();

        oldestFirst["query"] = JsonNode.Parse($$"""{"bool":{"filter":[{"range":{"created":{"gte":{{since}} } } }]} }""");
        var rest = Entries(await Search(oldestFirst, orders));

        rest.ConvertAll(Key).ShouldBe(all.Where(entry => entry.GetProperty("created").GetInt64() >= since).Select(Key));
    }

    [Fact]
    public async Task An_asset_is_found_by_the_name_that_it_has_now_with_what_it_was_before()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.Save(orders.ByGuid().With("qualifiedName", $"{orders.QualifiedName}-new"));

        var answer = await Search(Query($"{{\"bool\":{{\"must\":[{Is("entityQualifiedName", $"{orders.QualifiedName}-new")},{Is("typeName", "Table")}]}}}}"));

        Actions(answer).ShouldBe(["ENTITY_UPDATE", "ENTITY_CREATE"]);
        Entries(answer).Select(entry => entry.GetProperty("entityQualifiedName").GetString()).Distinct().ShouldBe([$"{orders.QualifiedName}-new"]);
    }

    [Fact]
    public async Task A_purged_asset_is_found_by_its_guid_and_by_the_name_of_its_end()
    {
        var orders = await Catalog.Have(Table("orders"));
        await Catalog.DeleteAs("PURGE", orders);

        var byGuid = await Search(Query(Is("entityId", orders.Guid)));
        var byName = await Search(Query(Is("entityQualifiedName", orders.QualifiedName)));

        Actions(byGuid).ShouldBe(["ENTITY_DELETE", "ENTITY_CREATE"]);
        byName.GetProperty("entityAudits").GetRawText().ShouldBe(byGuid.GetProperty("entityAudits").GetRawText());
        Entries(byGuid)[0].TryGetProperty("entityDetail", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_whole_log_can_be_asked_what_one_user_did_below_a_name()
    {
        var orders = await HaveLife();

        var answer = await Search(Query($"{{\"bool\":{{\"filter\":[{Is("user", "admin")},{{\"prefix\":{{\"entityQualifiedName\":\"{orders.QualifiedName}\"}}}}]}}}}"));

        answer.GetProperty("totalCount").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task Entries_are_counted_by_action()
    {
        var orders = await HaveLife();

        var answer = await Search(
            new JsonObject { ["size"] = 0, ["aggregations"] = JsonNode.Parse("""{"kinds":{"terms":{"field":"action","size":2}},"users":{"terms":{"field":"user"}}}""") }, orders);

        Entries(answer).ShouldBeEmpty();
        answer.GetProperty("aggregations").GetRawText().ShouldBe(
            """
            {"kinds":{"doc_count_error_upper_bound":0,"sum_other_doc_count":5,"buckets":[{"key":"BUSINESS_ATTRIBUTE_UPDATE","doc_count":1},{"key":"CLASSIFICATION_ADD","doc_count":1}]},"users":{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":"admin","doc_count":7}]}}
            """);
    }

    [Theory]
    [InlineData("""{"dsl":{"query":{"regexp":{"user":"a.*"}}}}""", "ATLAS-400-00-503", "dsl.query.regexp")]
    [InlineData("""{"dsl":{"query":{"bool":{"filter":[{"term":{"user":"a"}},{"match":{"user":"a"}}]}}}}""", "ATLAS-400-00-503", "dsl.query.bool.filter[1].match")]
    [InlineData("""{"dsl":{"query":{"term":{"name":"a"}}}}""", "ATLAS-400-00-503", "dsl.query.term.name")]
    [InlineData("""{"dsl":{"sort":[{"name":{"order":"asc"}}]}}""", "ATLAS-400-00-503", "dsl.sort[0].name")]
    [InlineData("""{"dsl":{"post_filter":{"term":{"user":"a"}}}}""", "ATLAS-400-00-503", "dsl.post_filter")]
    [InlineData("""{"dsl":{"aggregations":{"a":{"max":{"field":"created"}}}}}""", "ATLAS-400-00-503", "dsl.aggregations.a")]
    [InlineData("""{"dsl":{"query":{"range":{"created":{"gte":"yesterday"}}}}}""", "ATLAS-400-00-503", "dsl.query.range.created.gte")]
    [InlineData("""{"dsl":{"query":{"range":{"created":{"gte":"now-1d","gt":0}}}}}""", "ATLAS-400-00-503", "dsl.query.range.created.gt")]
    [InlineData("""{"dsl":{"query":{"range":{"created":{"gte":"now-1d","time_zone":"Europe/Berlin"}}}}}""", "ATLAS-400-00-503", "dsl.query.range.created.time_zone")]
    [InlineData("""{"dsl":{"query":{"term":{"user":{"value":"a","case_insensitive":"maybe"}}}}}""", "ATLAS-400-00-01A", "dsl.query.term.user.case_insensitive")]
    [InlineData("""{"dsl":{"query":{"exists":{"field":"user","inner":1}}}}""", "ATLAS-400-00-503", "dsl.query.exists.inner")]
    [InlineData("""{"dsl":{"query":{"match_all":{"inner":1}}}}""", "ATLAS-400-00-503", "dsl.query.match_all.inner")]
    [InlineData("""{"dsl":{"query":{"term":{"user":{}}}}}""", "ATLAS-400-00-01A", "dsl.query.term.user")]
    [InlineData("""{"dsl":{"size":1000000}}""", "ATLAS-400-00-01A", "dsl.size")]
    [InlineData("""{"dsl":{"from":-1}}""", "ATLAS-400-00-01A", "dsl.from")]
    [InlineData("""{"dsl":{"sort":[{"created":{"order":"up"}}]}}""", "ATLAS-400-00-01A", "dsl.sort[0].created")]
    [InlineData("""{"dsl":null}""", "ATLAS-400-00-01A", "dsl")]
    [InlineData("""{"dsl":{},"attributes":"name"}""", "ATLAS-400-00-01A", "attributes")]
    public async Task What_the_audit_cannot_answer_is_refused_by_its_name(string body, string code, string path)
    {
        var reply = await Catalog.Send(HttpMethod.Post, "/api/meta/entity/auditSearch", body);

        reply.Status.ShouldBe(400);
        var problem = reply.Body.GetProperty("problems").EnumerateArray().ShouldHaveSingleItem();
        (problem.GetProperty("code").GetString(), problem.GetProperty("path").GetString()).ShouldBe((code, path));
    }

    [Fact]
    public async Task Atlas_s_clients_get_a_list_from_any_entry_on()
    {
        var orders = await HaveLife();
        var all = (await ListAtlas(orders, "")).EnumerateArray().ToList();

        all.Select(Action).ShouldBe(Actions(await Search([], orders)));
        var rest = (await ListAtlas(orders, $"?startKey={Key(all[2])}&count=2")).EnumerateArray().ToList();
        rest.ConvertAll(Key).ShouldBe(all.Skip(2).Take(2).Select(Key));
        (await ListAtlas(orders, "?auditAction=ENTITY_UPDATE")).EnumerateArray().Select(Action).ShouldBe(["ENTITY_UPDATE"]);
        (await Catalog.Send(HttpMethod.Get, $"/api/atlas/v2/entity/{Guid.NewGuid()}/audit", json: null)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task An_asset_that_nobody_knows_has_no_entries()
    {
        var answer = (await Catalog.Send(HttpMethod.Post, $"/api/meta/entity/{Guid.NewGuid()}/auditSearch", """{"dsl":{}}""")).Success();

        answer.GetProperty("entityAudits").GetArrayLength().ShouldBe(0);
        answer.GetProperty("totalCount").GetInt32().ShouldBe(0);
    }

    private static string Is(string field, string value) => $"{{\"term\":{{\"{field}\":\"{value}\"}}}}";

    private static JsonObject Query(string query) => new() { ["size"] = 100, ["query"] = JsonNode.Parse(query) };

    private static List<JsonElement> Entries(JsonElement answer) => [.. answer.GetProperty("entityAudits").EnumerateArray()];

    private static List<string> Actions(JsonElement answer) => Entries(answer).ConvertAll(Action);

    private static string Action(JsonElement entry) => entry.GetProperty("action").GetString()!;

    private static string Key(JsonElement entry) => entry.GetProperty("eventKey").GetString()!;

    private static JsonElement Detail(JsonElement entry) => entry.GetProperty("detail");

    private async Task<JsonElement> ListAtlas(AssetDraft asset, string query) =>
        (await Catalog.Send(HttpMethod.Get, $"/api/atlas/v2/entity/{asset.Guid}/audit{query}", json: null)).Success();

    private async Task<JsonElement> Search(JsonObject dsl, AssetDraft? asset = null) => (await Catalog.Send(
        HttpMethod.Post, asset is null ? "/api/meta/entity/auditSearch" : $"/api/meta/entity/{asset.Guid}/auditSearch", new JsonObject { ["dsl"] = dsl.DeepClone() }.ToJsonString())).Success();

    /// <summary>A table that was created, changed, tagged in three ways, given custom metadata and archived.</summary>
    private async Task<AssetDraft> HaveLife()
    {
        (await Catalog.DefineTag(Tag)).Success();
        await DefineSets();
        var orders = await Catalog.Have(Table("orders").With("description", "first"));
        await Catalog.Save(orders.With("description", "second"));
        await Catalog.Change(HttpMethod.Post, orders, "classifications", $$"""[{"typeName":"{{Tag}}","propagate":false}]""");
        await Catalog.Change(HttpMethod.Put, orders, "classifications", $$"""[{"typeName":"{{Tag}}","propagate":true}]""");
        await Catalog.Change(HttpMethod.Delete, orders, $"classification/{Tag}");
        await Catalog.Change(HttpMethod.Post, orders, $"businessmetadata/{Quality}", """{"score":3,"note":"x"}""");
        (await Catalog.Delete(orders)).ShouldSucceed();
        return orders;
    }
}
