using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>Relationships made, changed and ended by calls of their own (Apache Atlas, "RelationshipREST").</summary>
public sealed class RelationshipCallScenarios(CatalogServer server) : Scenario(server)
{
    private const string Assignment = "AtlasGlossarySemanticAssignment";
    private const string Unknown = "ca570000-0000-8000-8000-7fffffffffff";

    [Fact]
    public async Task A_relationship_that_is_made_is_told_at_both_ends_and_is_answered_with_its_guid()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var made = await Make(Assignment, revenue, total, new JsonObject { ["confidence"] = 50, ["description"] = "sum" });

        made.ShouldTellInOrder("UPDATE revenue", "UPDATE total");
        made.Event("UPDATE revenue").Added("assignedEntities").ShouldBe([total.Guid]);
        made.Event("UPDATE total").Added("meanings").ShouldBe([revenue.Guid]);
        made.Body.GetProperty("typeName").GetString().ShouldBe(Assignment);
        made.Body.GetProperty("status").GetString().ShouldBe("ACTIVE");
        made.Body.GetProperty("propagateTags").GetString().ShouldBe("ONE_TO_TWO");
        made.Body.GetProperty("attributes").GetRawText().ShouldBe("""{"description":"sum","confidence":50}""");
        made.Body.GetProperty("end1").GetProperty("guid").GetString().ShouldBe(revenue.Guid);
        made.Body.GetProperty("end2").GetProperty("uniqueAttributes").GetProperty("qualifiedName").GetString().ShouldBe(total.QualifiedName);
        GuidOf(made).ShouldBe(await EdgeGuid(total, "meanings"));
        (await Catalog.Ends(total, "meanings")).ShouldBe([revenue.Guid]);
    }

    [Fact]
    public async Task Both_prefixes_mean_the_same_and_a_slash_at_the_end_does_no_harm()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var body = Body(Assignment, revenue, total, null);
        body["guid"] = null;

        var made = (await Catalog.Send(HttpMethod.Post, "/api/atlas/v2/relationship/", body.ToJsonString())).Success();
        var read = (await Catalog.Send(HttpMethod.Get, $"/api/atlas/v2/relationship/guid/{made.GetProperty("guid").GetString()}", json: null)).Success();

        read.GetProperty("relationship").GetRawText().ShouldBe(made.GetRawText());
        read.GetProperty("referredEntities").GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task A_read_shows_the_assets_at_the_ends_to_those_who_ask()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var guid = GuidOf(await Make(Assignment, revenue, total));

        var read = (await Read($"{guid}?extendedInfo=true")).Success();

        var assets = read.GetProperty("referredEntities");
        assets.EnumerateObject().Select(asset => asset.Name).ShouldBe([revenue.Guid, total.Guid], ignoreOrder: true);
        assets.GetProperty(total.Guid).GetProperty("displayText").GetString().ShouldBe("total");
    }

    [Fact]
    public async Task Ends_may_be_named_in_either_order_where_only_one_fits()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var made = await Make(Assignment, total, revenue);

        made.ShouldTell("UPDATE revenue", "UPDATE total");
        made.Body.GetProperty("end1").GetProperty("guid").GetString().ShouldBe(revenue.Guid);
        (await Make(Assignment, revenue, total)).ShouldBeRefused(409, "ATLAS-409-00-004");
    }

    [Fact]
    public async Task Two_assets_of_one_type_are_joined_from_the_first_to_the_second()
    {
        var (glossary, one) = await HaveTerm("one");
        var two = await Catalog.Have(Term("two").In("anchor", glossary));

        var there = await Make("AtlasGlossaryPreferredTerm", one, two);
        var back = await Make("AtlasGlossaryPreferredTerm", two, one);

        there.Body.GetProperty("end1").GetProperty("guid").GetString().ShouldBe(one.Guid);
        back.Body.GetProperty("end1").GetProperty("guid").GetString().ShouldBe(two.Guid);
        GuidOf(back).ShouldNotBe(GuidOf(there));
        var synonyms = await Make("AtlasGlossarySynonym", one, two);
        synonyms.ShouldTell("UPDATE one", "UPDATE two");
        (await Make("AtlasGlossarySynonym", two, one)).ShouldBeRefused(409, "ATLAS-409-00-004");
    }

    [Theory]
    [InlineData("""{"confidence":50}""")]
    [InlineData("""{"confidence":90}""")]
    [InlineData("{}")]
    public async Task What_stands_already_is_not_made_again_whatever_it_says_of_itself(string attributes)
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        await Make(Assignment, revenue, total, new JsonObject { ["confidence"] = 50 });

        (await Make(Assignment, revenue, total, JsonNode.Parse(attributes))).ShouldBeRefused(409, "ATLAS-409-00-004", Assignment, revenue.Guid, total.Guid);
    }

    [Fact]
    public async Task Changed_attributes_are_told_at_both_ends_and_the_guid_stays()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var guid = GuidOf(await Make(Assignment, revenue, total, new JsonObject { ["confidence"] = 50, ["description"] = "sum", ["steward"] = "ann" }));

        var changed = await Change(guid, new JsonObject { ["confidence"] = 90, ["steward"] = null });

        changed.ShouldTellInOrder("UPDATE revenue", "UPDATE total");
        changed.Events[0].After.GetProperty("updatedRelationshipAttributes").TryGetProperty("assignedEntities", out _).ShouldBeTrue();
        changed.Body.GetProperty("attributes").GetRawText().ShouldBe("""{"description":"sum","confidence":90}""");
        GuidOf(changed).ShouldBe(guid);
        (await Read(guid)).Success().GetProperty("relationship").GetRawText().ShouldBe(changed.Body.GetRawText());
        (await Change(guid, new JsonObject { ["confidence"] = 91 })).ShouldTell("UPDATE revenue", "UPDATE total");
    }

    [Theory]
    [InlineData("""{"confidence":50}""")]
    [InlineData("""{"confidence":"50","nothing":1}""")]
    [InlineData("""{"steward":null}""")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_change_that_changes_nothing_is_told_to_nobody(string attributes)
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var made = await Make(Assignment, revenue, total, new JsonObject { ["confidence"] = 50 });
        var stamp = await StampOf(total);

        var same = await Change(GuidOf(made), JsonNode.Parse(attributes));

        same.ShouldTell();
        same.Body.GetRawText().ShouldBe(made.Body.GetRawText());
        (await StampOf(total)).ShouldBe(stamp);
    }

    [Fact]
    public async Task What_a_read_gave_can_be_sent_back()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var made = await Make(Assignment, total, revenue, new JsonObject { ["confidence"] = 50 });

        (await Catalog.AskRelationship(HttpMethod.Put, "", JsonNode.Parse(made.Body.GetRawText()))).ShouldTell();
        var turned = Body(Assignment, total, revenue, new JsonObject { ["confidence"] = 60 });
        turned["guid"] = GuidOf(made);
        (await Catalog.AskRelationship(HttpMethod.Put, "", turned)).ShouldTell("UPDATE revenue", "UPDATE total");
    }

    [Fact]
    public async Task A_relationship_that_ends_is_told_at_both_ends()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total").Linked("meanings", revenue));
        var guid = await EdgeGuid(total, "meanings");

        var ended = await End(guid);

        ended.Status.ShouldBe(204);
        ended.ShouldTellInOrder("UPDATE revenue", "UPDATE total");
        ended.Event("UPDATE total").Removed("meanings").ShouldBe([revenue.Guid]);
        (await Catalog.Ends(total, "meanings")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_has_ended_is_not_found_and_what_is_made_anew_has_another_guid()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var guid = GuidOf(await Make(Assignment, revenue, total));
        await Change(guid, new JsonObject { ["confidence"] = 50 });
        await End(guid);

        ShouldBeRefused(await Read(guid), 404, "ATLAS-404-00-00F");
        (await End(guid)).ShouldBeRefused(404, "ATLAS-404-00-00F", guid);
        (await Change(guid, new JsonObject { ["confidence"] = 60 })).ShouldBeRefused(404, "ATLAS-404-00-00F", guid);
        GuidOf(await Make(Assignment, revenue, total)).ShouldNotBe(guid);
    }

    [Theory]
    [InlineData(Unknown)]
    [InlineData("01a20eb7-0000-7000-8000-000000000001")]
    [InlineData("x")]
    public async Task A_guid_that_no_relationship_has_is_not_found(string guid)
    {
        ShouldBeRefused(await Read(guid), 404, "ATLAS-404-00-00C");
        (await End(guid)).ShouldBeRefused(404, "ATLAS-404-00-00C", guid);
        (await Change(guid, null)).ShouldBeRefused(404, "ATLAS-404-00-00C", guid);
    }

    [Fact]
    public async Task Another_end_is_refused()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var tax = await Catalog.Have(Column("tax"));
        var body = Body(Assignment, revenue, tax, null);
        body["guid"] = GuidOf(await Make(Assignment, revenue, total));

        (await Catalog.AskRelationship(HttpMethod.Put, "", body)).ShouldBeRefused(404, "ATLAS-400-00-069");
    }

    [Fact]
    public async Task Another_type_is_refused()
    {
        var (glossary, one) = await HaveTerm("one");
        var two = await Catalog.Have(Term("two").In("anchor", glossary));
        var body = Body("AtlasGlossaryAntonym", one, two, null);
        body["guid"] = GuidOf(await Make("AtlasGlossarySynonym", one, two));

        (await Catalog.AskRelationship(HttpMethod.Put, "", body)).ShouldBeRefused(404, "ATLAS-400-00-06A");
    }

    [Fact]
    public async Task A_type_that_does_not_exist_is_refused()
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await Make("Nothing", revenue, revenue)).ShouldBeRefused(400, "ATLAS-400-00-028", "Nothing");
        (await Make("Table", revenue, revenue)).ShouldBeRefused(400, "ATLAS-400-00-028", "Table");
    }

    [Fact]
    public async Task Assets_that_the_type_does_not_join_are_refused()
    {
        var orders = await Catalog.Have(Table("orders"));
        var bills = await Catalog.Have(Table("bills"));

        var refused = await Make(Assignment, orders, bills);

        refused.ShouldBeRefused(400, "ATLAS-400-00-036", Assignment);
        PathOf(refused).ShouldBe("end1");
    }

    [Fact]
    public async Task An_end_of_another_type_than_the_request_says_is_refused()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var body = Body(Assignment, revenue, total, null);
        body["end2"]!["typeName"] = "Table";

        var refused = await Catalog.AskRelationship(HttpMethod.Post, "", body);

        refused.ShouldBeRefused(400, "ATLAS-400-00-045", "Column", "Table");
        PathOf(refused).ShouldBe("end2.typeName");
    }

    [Fact]
    public async Task Ends_that_do_not_exist_are_all_told()
    {
        var body = Body(Assignment, Term("revenue").Known(Unknown), Column("total").Known(Unknown), null);
        body["end2"] = Column("total").Reference;

        var refused = await Catalog.AskRelationship(HttpMethod.Post, "", body);

        refused.ShouldBeRefused(404, "ATLAS-404-00-00A", Unknown, "total");
        refused.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()).ShouldBe(["end1", "end2"]);
    }

    [Theory]
    [InlineData("""{"typeName":"X","end1":{"guid":"-1"}}""", "ATLAS-400-00-07D", "end2")]
    [InlineData("""{"typeName":"X","end1":null,"end2":{"guid":"-1"}}""", "ATLAS-400-00-07D", "end1")]
    [InlineData("""{"end1":{"guid":"-1"},"end2":{"guid":"-1"}}""", "ATLAS-400-00-01A", "typeName")]
    [InlineData("""{"typeName":"X","end1":{"typeName":"Table"},"end2":{"guid":"-1"}}""", "ATLAS-400-00-021", "end1")]
    [InlineData("""{"typeName":"X","end1":[{"guid":"-1"}],"end2":{"guid":"-1"}}""", "ATLAS-400-00-021", "end1")]
    [InlineData("""{"typeName":"X","end1":{"guid":"-1"},"end2":{"guid":"-1"},"attributes":[]}""", "ATLAS-400-00-029", "attributes")]
    [InlineData("""{"typeName":"X","end1":{"guid":"-1"},"end2":{"guid":"-1"},"blockedPropagatedClassifications":[{"typeName":"PII"}]}""", "ATLAS-400-00-029", "blockedPropagatedClassifications")]
    [InlineData("""{"typeName":"AtlasGlossarySynonym","end1":{"typeName":"Nothing","uniqueAttributes":{"qualifiedName":"x"}},"end2":{"guid":"-1"}}""", "ATLAS-400-00-014", "end1")]
    [InlineData("""{"typeName":"AtlasGlossarySynonym","end1":{"typeName":"Table","uniqueAttributes":{"name":"x"}},"end2":{"guid":"-1"}}""", "ATLAS-400-00-013", "end1")]
    [InlineData("""[]""", "ATLAS-400-00-029", "")]
    [InlineData("""{"typeName":1""", "ATLAS-400-00-029", "")]
    public async Task What_cannot_be_understood_is_refused(string json, string code, string path)
    {
        var refused = await Catalog.Send(HttpMethod.Post, "/api/meta/relationship", json);

        ShouldBeRefused(refused, 400, code);
        refused.Body.GetProperty("problems")[0].GetProperty("path").GetString().ShouldBe(path);
    }

    [Fact]
    public async Task Attributes_of_another_type_are_refused_at_their_place()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var refused = await Make(Assignment, revenue, total, new JsonObject { ["confidence"] = "much" });

        refused.ShouldBeRefused(404, "ATLAS-404-00-00D");
        PathOf(refused).ShouldBe("attributes.confidence");
        (await Make(Assignment, revenue, total, new JsonObject { ["description"] = new string('x', 200_000) })).ShouldBeRefused(400, "ATLAS-400-00-028");
    }

    [Fact]
    public async Task Attributes_that_must_be_given_are_asked_for()
    {
        var model = """
            {"relationshipDefs":[{"name":"table_copies~","relationshipCategory":"ASSOCIATION","propagateTags":"NONE",
             "attributeDefs":[{"name":"reason","typeName":"string","isOptional":false,"cardinality":"SINGLE"}],
             "endDef1":{"type":"Table","name":"copies~","cardinality":"SET"},"endDef2":{"type":"Table","name":"copyOf~","cardinality":"SET"}}]}
            """;
        (await Catalog.Types("POST", "/typedefs", model)).Success();
        var type = Catalog.Own("table_copies~");
        var orders = await Catalog.Have(Table("orders"));
        var copy = await Catalog.Have(Table("copy"));

        var refused = await Make(type, orders, copy);
        refused.ShouldBeRefused(404, "ATLAS-404-00-00D", "reason");
        PathOf(refused).ShouldBe("attributes.reason");
        var made = await Make(type, orders, copy, new JsonObject { ["reason"] = "test" });
        made.ShouldTell("UPDATE orders", "UPDATE copy");
        (await Change(GuidOf(made), new JsonObject())).ShouldTell();
        (await Change(GuidOf(made), new JsonObject { ["reason"] = null })).ShouldBeRefused(404, "ATLAS-404-00-00D", "reason");
    }

    [Fact]
    public async Task An_asset_is_not_joined_to_itself()
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await Make("AtlasGlossarySynonym", revenue, revenue)).ShouldBeRefused(409, "ATLAS-409-00-014");
    }

    [Fact]
    public async Task A_place_for_one_goes_to_the_new_partner_and_the_old_one_is_told()
    {
        var orders = await Catalog.Have(Table("orders"));
        var bills = await Catalog.Have(Table("bills"));
        var total = await Catalog.Have(Column("total").In("table", orders));

        var moved = await Make("table_columns", bills, total);

        moved.ShouldTell("UPDATE bills", "UPDATE total", "UPDATE orders");
        (await Catalog.Ends(total, "table")).ShouldBe([bills.Guid]);
    }

    [Fact]
    public async Task A_part_cannot_leave_its_owner_for_none()
    {
        var (_, revenue) = await HaveTerm("revenue");

        (await End(await EdgeGuid(revenue, "anchor"))).ShouldBeRefused(404, "ATLAS-404-00-007", "anchor");
    }

    [Fact]
    public async Task A_term_moves_to_another_glossary_with_the_name_that_it_has_there()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var sales = await Catalog.Have(Glossary("sales"));

        (await Make("AtlasGlossaryTermAnchor", sales, revenue)).ShouldTell("UPDATE sales", "UPDATE revenue", "UPDATE glossary");

        (await NameOf(revenue)).ShouldEndWith($"@{await NameOf(sales)}");
        await Catalog.Have(Term("cost").In("anchor", await Catalog.Have(Glossary("other"))));
        var cost = await Catalog.Have(Term("revenue").In("anchor", await Catalog.Have(Glossary("third"))));
        (await Make("AtlasGlossaryTermAnchor", sales, cost)).ShouldBeRefused(409, "ATLAS-409-00-009");
    }

    [Fact]
    public async Task Domains_move_below_each_other_by_the_rules_of_every_save()
    {
        var parent = await Catalog.Have(Domain("finance"));
        var child = await Catalog.Have(Domain("tax"));

        (await Make("parent_domain_sub_domains", parent, child)).ShouldTell("UPDATE finance", "UPDATE tax");

        (await NameOf(child)).ShouldStartWith(await NameOf(parent));
        (await Make("parent_domain_sub_domains", child, parent)).ShouldBeRefused(400, "ATLAS-400-00-029");
    }

    [Fact]
    public async Task A_relationship_with_an_archived_asset_is_suspended_and_told_to_nobody()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        await Catalog.Delete(total);

        var made = await Make(Assignment, revenue, total);

        made.ShouldTell();
        made.Body.GetProperty("status").GetString().ShouldBe("DELETED");
        (await Change(GuidOf(made), new JsonObject { ["confidence"] = 5 })).ShouldTell();
        (await Read(GuidOf(made))).Success().GetProperty("relationship").GetProperty("attributes").GetProperty("confidence").GetInt32().ShouldBe(5);
        (await Make(Assignment, revenue, total)).ShouldBeRefused(409, "ATLAS-409-00-004");
        (await End(GuidOf(made))).ShouldTell();
        (await Catalog.Restore(total)).ShouldTell("UPDATE total");
    }

    [Fact]
    public async Task Tags_are_passed_on_along_a_relationship_that_is_made_and_taken_back_when_it_ends()
    {
        (await Catalog.Types("POST", "/typedefs", """{"classificationDefs":[{"name":"Secret~"}]}""", asAtlas: true)).Success();
        var orders = await Catalog.Have(Table("orders"));
        var total = await Catalog.Have(Column("total"));
        (await Catalog.Change(HttpMethod.Post, orders, "classifications", Catalog.Own("""[{"typeName":"Secret~","propagate":true}]""")))
            .ShouldTell("CLASSIFICATION_ADD orders");

        var made = await Make("table_columns", orders, total);
        var ended = await End(GuidOf(made));

        made.ShouldTell("UPDATE orders", "UPDATE total", "CLASSIFICATION_ADD total");
        ended.ShouldTell("UPDATE orders", "UPDATE total", "CLASSIFICATION_DELETE total");
    }

    [Fact]
    public async Task A_trial_says_what_would_be_told_and_does_nothing()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var trial = await Catalog.AskRelationship(HttpMethod.Post, "?dryRun=true", Body(Assignment, revenue, total, null));

        trial.ShouldTell();
        trial.Receipts.Select(receipt => receipt.GetProperty("verdict").GetString()).ShouldBe(["UPDATE", "UPDATE"]);
        trial.Body.GetProperty("events").GetArrayLength().ShouldBe(2);
        trial.GuidOf("end1").ShouldBe(revenue.Guid);
        (await Catalog.Ends(total, "meanings")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Receipts_name_both_ends_whatever_is_done()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        var made = await Catalog.AskRelationship(HttpMethod.Post, "?receipts=true", Body(Assignment, revenue, total, null));
        var guid = await EdgeGuid(total, "meanings");
        var same = await Catalog.AskRelationship(HttpMethod.Put, "?receipts=true", new JsonObject { ["guid"] = guid });
        var ended = await Catalog.AskRelationship(HttpMethod.Delete, $"/guid/{guid}?receipts=true", null);

        Said(made).ShouldBe([$"UPDATE {revenue.Guid}", $"UPDATE {total.Guid}"]);
        made.Mutated("UPDATE").ShouldBe([revenue.Guid, total.Guid]);
        Said(same).ShouldBe([$"NOOP {revenue.Guid}", $"NOOP {total.Guid}"]);
        Said(ended).ShouldBe([$"UPDATE {revenue.Guid}", $"UPDATE {total.Guid}"]);

        static List<string> Said(Outcome outcome) =>
            [.. outcome.Receipts.Select(receipt => $"{receipt.GetProperty("verdict").GetString()} {receipt.GetProperty("guid").GetString()}")];
    }

    [Fact]
    public async Task A_retry_with_a_key_gets_the_first_answer_and_is_not_refused()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));
        var key = new KeyValuePair<string, string>("Idempotency-Key", $"\"{Catalog.Scenario}\"");
        var body = Body(Assignment, revenue, total, null);

        var first = await Catalog.AskRelationship(HttpMethod.Post, "", body, key);
        var second = await Catalog.AskRelationship(HttpMethod.Post, "", body, key);

        first.ShouldTell("UPDATE revenue", "UPDATE total");
        second.ShouldTell();
        second.Header("Idempotent-Replayed").ShouldBe("true");
        second.Body.GetRawText().ShouldBe(first.Body.GetRawText());
        await End(GuidOf(first));
        (await Catalog.AskRelationship(HttpMethod.Post, "", body, key)).ShouldBeRefused(404, "ATLAS-404-00-00F");
    }

    [Fact]
    public async Task A_condition_on_a_version_does_not_go_with_a_relationship()
    {
        var (_, revenue) = await HaveTerm("revenue");
        var total = await Catalog.Have(Column("total"));

        (await Catalog.AskRelationship(HttpMethod.Post, "", Body(Assignment, revenue, total, null), new KeyValuePair<string, string>("If-Match", "\"1\"")))
            .ShouldBeRefused(400, "ATLAS-400-00-029", "If-Match");
    }

    [Theory]
    [InlineData("AtlasGlossarySemanticAssignment", "assignedEntities", "Column")]
    [InlineData("AtlasGlossarySynonym", "synonyms", "AtlasGlossaryTerm")]
    public async Task A_relationship_made_by_its_own_call_tells_what_a_save_tells(string type, string end, string otherType)
    {
        var (glossary, one) = await HaveTerm("one");
        var called = await Other("called");
        var saved = await Other("saved");

        var byCall = await Make(type, one, called, new JsonObject { ["description"] = "x" });
        var reference = saved.GuidReference;
        reference["relationshipType"] = type;
        reference["relationshipAttributes"] = new JsonObject { ["typeName"] = type, ["attributes"] = new JsonObject { ["description"] = "x" } };
        var bySave = await Catalog.Save(one.Set("appendRelationshipAttributes", new JsonObject { [end] = new JsonArray(reference) }));

        byCall.ShouldTell("UPDATE one", "UPDATE called");
        bySave.ShouldTell("UPDATE one", "UPDATE saved");
        Told(byCall.Event("UPDATE one"), "addedRelationshipAttributes", called).ShouldBe(Told(bySave.Event("UPDATE one"), "addedRelationshipAttributes", saved));
        Told(byCall.Event("UPDATE called"), "addedRelationshipAttributes", called).ShouldBe(Told(bySave.Event("UPDATE saved"), "addedRelationshipAttributes", saved));

        async Task<AssetDraft> Other(string name) => otherType == "Column"
            ? await Catalog.Have(Column(name))
            : await Catalog.Have(Term(name).In("anchor", glossary));
    }

    /// <summary>A part of an event's details, with nothing in it that belongs to one asset alone.</summary>
    private static string Told(ToldEvent told, string part, AssetDraft other)
    {
        var json = told.After.GetProperty(part).GetRawText().Replace(other.Guid, "OTHER", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(json, "\"qualifiedName\":\"[^\"]*\"", "NAME", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private Task<Outcome> Make(string type, AssetDraft one, AssetDraft two, JsonNode? attributes = null) =>
        Catalog.AskRelationship(HttpMethod.Post, "", Body(type, one, two, attributes));

    private Task<Outcome> Change(string guid, JsonNode? attributes) =>
        Catalog.AskRelationship(HttpMethod.Put, "", new JsonObject { ["guid"] = guid, ["attributes"] = attributes });

    private Task<Outcome> End(string guid) => Catalog.AskRelationship(HttpMethod.Delete, $"/guid/{guid}", null);

    private Task<HttpReply> Read(string guid) => Catalog.Send(HttpMethod.Get, $"/api/meta/relationship/guid/{guid}", json: null);

    private static JsonObject Body(string type, AssetDraft one, AssetDraft two, JsonNode? attributes) => new()
    {
        ["typeName"] = type,
        ["end1"] = one.GuidReference,
        ["end2"] = two.GuidReference,
        ["attributes"] = attributes,
    };

    private static string GuidOf(Outcome outcome)
    {
        outcome.ShouldSucceed();
        return outcome.Body.GetProperty("guid").GetString()!;
    }

    private static string PathOf(Outcome refused) => refused.Body.GetProperty("problems")[0].GetProperty("path").GetString()!;

    private async Task<string> EdgeGuid(AssetDraft asset, string end)
    {
        var edges = (await Catalog.Get(asset)).GetProperty("relationshipAttributes").GetProperty(end);
        return (edges.ValueKind == JsonValueKind.Array ? edges[0] : edges).GetProperty("relationshipGuid").GetString()!;
    }

    private static void ShouldBeRefused(HttpReply reply, int status, string code)
    {
        reply.Status.ShouldBe(status, reply.Body.GetRawText());
        reply.Body.GetProperty("errorCode").GetString().ShouldBe(code);
    }
}
