using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios;

/// <summary>What is told of what assets are made of, and of what is made of them.</summary>
public sealed class LineageReadScenarios(CatalogServer server) : Scenario(server)
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";

    [Fact]
    public async Task A_list_goes_level_by_level_and_tells_how_many_steps_away_each_is()
    {
        var (a, b, c, first, second) = await Chain();

        var list = (await List(a, "OUTPUT")).Success();

        Guids(list).ShouldBe([first.Guid, b.Guid, second.Guid, c.Guid]);
        Depths(list).ShouldBe([1, 1, 2, 2]);
        list.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
        list.GetProperty("entityCount").GetInt32().ShouldBe(4);
        list.GetProperty("searchParameters").GetProperty("guid").GetString().ShouldBe(a.Guid);
        list.TryGetProperty("reachedLimits", out _).ShouldBeFalse();
        Guids((await List(c, "INPUT")).Success()).ShouldBe([second.Guid, b.Guid, first.Guid, a.Guid]);
        Guids((await List(a, "OUTPUT", ("depth", 1))).Success()).ShouldBe([first.Guid, b.Guid]);
        Guids((await List(a, "OUTPUT", ("depth", 0))).Success()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lineage_over_products_leads_from_their_input_ports_to_their_output_ports()
    {
        var (raw, clean, report) = (await Catalog.Have(Table("raw")), await Catalog.Have(Table("clean")), await Catalog.Have(Table("report")));
        var sales = await Catalog.Have(Domain("sales"));
        var orders = await Catalog.Have(Product("orders").In("dataDomain", sales).Linked("inputPorts", raw).Linked("outputPorts", clean));
        var figures = await Catalog.Have(Product("figures").In("dataDomain", sales).Linked("inputPorts", clean).Linked("outputPorts", report));

        var list = (await List(raw, "OUTPUT", ("lineageType", "ProductAssetLineage"))).Success();
        var graph = (await Graph(report, ("direction", "INPUT"), ("hideProcess", true), ("lineageType", "ProductAssetLineage"))).Success();

        Guids(list).ShouldBe([orders.Guid, clean.Guid, figures.Guid, report.Guid]);
        Depths(list).ShouldBe([1, 1, 2, 2]);
        graph.GetProperty("relations").EnumerateArray().Select(relation => (relation.GetProperty("fromEntityId").GetString(), relation.GetProperty("toEntityId").GetString()))
            .ShouldBe([(raw.Guid, clean.Guid), (clean.Guid, report.Guid)], ignoreOrder: true);
        Guids((await List(raw, "OUTPUT")).Success()).ShouldBeEmpty("no process reads it");
    }

    [Fact]
    public async Task A_list_from_a_process_begins_in_the_middle_of_its_step()
    {
        var (_, b, c, first, second) = await Chain();

        var list = (await List(first, "OUTPUT")).Success();

        Guids(list).ShouldBe([b.Guid, second.Guid, c.Guid]);
        Depths(list).ShouldBe([1, 2, 2]);
    }

    [Fact]
    public async Task Pages_together_are_the_list_and_the_last_one_says_that_there_is_no_more()
    {
        var (a, b, c, first, second) = await Chain();

        var one = (await List(a, "OUTPUT", ("size", 3))).Success();
        var two = (await List(a, "OUTPUT", ("size", 3), ("from", 3))).Success();
        var exact = (await List(a, "OUTPUT", ("size", 4))).Success();
        var beyond = (await List(a, "OUTPUT", ("size", 3), ("from", 6))).Success();

        Guids(one).Concat(Guids(two)).ShouldBe([first.Guid, b.Guid, second.Guid, c.Guid]);
        (More(one), More(two), More(exact), More(beyond)).ShouldBe((true, false, false, false));
        Guids(beyond).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_filtered_out_is_walked_through_and_what_is_not_traversed_ends_the_walk()
    {
        var (a, b, c, _, _) = await Chain();

        var tables = (await List(a, "OUTPUT", ("entityFilters", Condition("__typeName", "eq", "Table")))).Success();
        var stopped = (await List(a, "OUTPUT", ("entityTraversalFilters", Condition("name", "neq", "b")))).Success();

        Guids(tables).ShouldBe([b.Guid, c.Guid]);
        Guids(stopped).Count.ShouldBe(1);
        Guids(stopped).ShouldNotContain(b.Guid);
    }

    [Fact]
    public async Task Lists_can_be_filtered_by_custom_metadata_and_by_tags()
    {
        var (a, b, _, _, _) = await Chain();
        await Catalog.DefineTag(Catalog.Own("Pii~"));
        await Catalog.Types("POST", "/typedefs", """
            {"businessMetadataDefs":[{"name":"Quality~","attributeDefs":[
             {"name":"score~","typeName":"int","options":{"applicableEntityTypes":"[\"Asset\"]"}}]}]}
            """, asAtlas: true);
        (await Catalog.Change(HttpMethod.Post, b, "classifications", Catalog.Own("""[{"typeName":"Pii~","propagate":false}]"""))).Status.ShouldBe(204);
        (await Catalog.Change(HttpMethod.Post, b, "businessmetadata?isOverwrite=false", Catalog.Own("""{"Quality~":{"score~":7}}"""))).Status.ShouldBe(204);

        var tagged = (await List(a, "OUTPUT", ("entityFilters", Condition("__traitNames", "contains", Catalog.Own("Pii~"))))).Success();
        var scored = (await List(a, "OUTPUT", ("entityFilters", Condition(Catalog.Own("score~"), ">=", "7")))).Success();
        var better = (await List(a, "OUTPUT", ("entityFilters", Condition(Catalog.Own("Quality~.score~"), "gt", "7")))).Success();

        Guids(tagged).ShouldBe([b.Guid]);
        Guids(scored).ShouldBe([b.Guid]);
        Guids(better).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("name", "=", "b", true)]
    [InlineData("name", "!=", "b", false)]
    [InlineData("name", "lt", "c", true)]
    [InlineData("name", ">", "b", false)]
    [InlineData("name", "lte", "b", true)]
    [InlineData("name", ">=", "c", false)]
    [InlineData("name", "in", "a, b", true)]
    [InlineData("name", "in", "[\"x\",\"b\"]", true)]
    [InlineData("name", "like", "?", true)]
    [InlineData("name", "like", "b*z", false)]
    [InlineData("qualifiedName", "endsWith", "/b", true)]
    [InlineData("qualifiedName", "startsWith", "/b", false)]
    [InlineData("qualifiedName", "contains", "/", true)]
    [InlineData("qualifiedName", "not_contains", "/", false)]
    [InlineData("ownerUsers", "containsAny", "ann,eve", true)]
    [InlineData("ownerUsers", "containsAll", "ann,eve", false)]
    [InlineData("ownerUsers", "containsAll", "ann,bob", true)]
    [InlineData("ownerUsers", "eq", "bob", true)]
    [InlineData("description", "isNull", null, true)]
    [InlineData("description", "notNull", null, false)]
    [InlineData("ownerUsers", "notEmpty", null, true)]
    [InlineData("rowCount", "=", "12.0", true)]
    [InlineData("rowCount", "<", "9", false)]
    [InlineData("isPartitioned", "eq", "TRUE", true)]
    [InlineData("__timestamp", "timerange", "TODAY", true)]
    [InlineData("__timestamp", "timerange", "LAST_YEAR", false)]
    [InlineData("__modificationTimestamp", "gt", "2020-01-01", true)]
    [InlineData("__superTypeNames", "eq", "SQL", true)]
    [InlineData("__state", "neq", "DELETED", true)]
    public async Task Each_operator_compares_by_the_kind_of_the_attribute(string attribute, string comparison, string? value, bool fits)
    {
        var a = await Catalog.Have(Table("a"));
        var b = await Catalog.Have(Table("b").With("ownerUsers", List("ann", "bob")).With("rowCount", 12).With("isPartitioned", true));
        await Catalog.Have(Process("load").Linked("inputs", a).Linked("outputs", b));

        var list = (await List(
            a, "OUTPUT", ("entityFilters", new JsonObject { ["condition"] = "AND", ["criterion"] = new JsonArray(Condition("__typeName", "=", "Table"), Condition(attribute, comparison, value)) }))).Success();

        Guids(list).ShouldBe(fits ? [b.Guid] : []);
    }

    [Fact]
    public async Task With_immediate_neighbours_the_asset_comes_first_and_each_tells_who_is_next_to_it()
    {
        var (a, b, c, first, _) = await Chain();

        var list = (await List(b, "OUTPUT", ("immediateNeighbours", true), ("entityFilters", Condition("__typeName", "eq", "Table")))).Success();

        Guids(list).ShouldBe([b.Guid, c.Guid]);
        Depths(list).ShouldBe([0, 1]);
        var itself = list.GetProperty("entities")[0];
        Guids(itself.GetProperty("immediateUpstream")).ShouldBe([a.Guid]);
        Guids(itself.GetProperty("immediateDownstream")).ShouldBe([c.Guid]);
        itself.GetProperty("immediateUpstream")[0].GetProperty("name").GetString().ShouldBe("a");
        itself.GetProperty("immediateUpstream")[0].GetProperty("qualifiedName").GetString().ShouldBe(a.QualifiedName);
        var process = (await List(first, "OUTPUT", ("immediateNeighbours", true), ("size", 1))).Success().GetProperty("entities")[0];
        Guids(process.GetProperty("immediateUpstream")).ShouldBe([a.Guid]);
        Guids(process.GetProperty("immediateDownstream")).ShouldBe([b.Guid]);
    }

    [Fact]
    public async Task Attributes_that_are_asked_for_are_told_and_those_of_related_assets_too()
    {
        var schema = await Catalog.Have(Catalog.Draft("Schema", "schema").With("description", "where it is"));
        var (a, b) = (await Catalog.Have(Table("a")), await Catalog.Have(Table("b").With("description", "made").In("atlanSchema", schema)));
        await Catalog.Have(Process("load").Linked("inputs", a).Linked("outputs", b));

        var list = (await List(
            a, "OUTPUT", ("attributes", List("description", "atlanSchema")), ("relationAttributes", List("description")), ("entityFilters", Condition("__typeName", "=", "Table")))).Success();

        var attributes = list.GetProperty("entities")[0].GetProperty("attributes");
        attributes.GetProperty("name").GetString().ShouldBe("b");
        attributes.GetProperty("description").GetString().ShouldBe("made");
        attributes.GetProperty("atlanSchema").GetProperty("guid").GetString().ShouldBe(schema.Guid);
        attributes.GetProperty("atlanSchema").GetProperty("attributes").GetProperty("description").GetString().ShouldBe("where it is");
    }

    [Fact]
    public async Task Terms_and_tags_are_told_unless_they_are_excluded()
    {
        var (_, term) = await HaveTerm("revenue");
        var (a, b) = (await Catalog.Have(Table("a")), await Catalog.Have(Table("b").Relating("meanings", new JsonArray(term.GuidReference))));
        await Catalog.Have(Process("load").Linked("inputs", a).Linked("outputs", b));

        var told = (await List(a, "OUTPUT", ("entityFilters", Condition("__typeName", "=", "Table")))).Success().GetProperty("entities")[0];
        var bare = (await List(
            a, "OUTPUT", ("entityFilters", Condition("__typeName", "=", "Table")), ("excludeMeanings", true), ("excludeClassifications", true))).Success().GetProperty("entities")[0];

        told.GetProperty("meanings")[0].GetProperty("termGuid").GetString().ShouldBe(term.Guid);
        told.GetProperty("classifications").GetArrayLength().ShouldBe(0);
        (bare.TryGetProperty("meanings", out _), bare.TryGetProperty("classifications", out _)).ShouldBe((false, false));
    }

    [Fact]
    public async Task Cycles_and_diamonds_end_and_each_edge_is_told_once()
    {
        var (a, b, c) = (await Catalog.Have(Table("a")), await Catalog.Have(Table("b")), await Catalog.Have(Table("c")));
        await Catalog.Have(Process("one").Linked("inputs", a).Linked("outputs", b, c));
        await Catalog.Have(Process("two").Linked("inputs", b, c).Linked("outputs", a));

        var graph = (await Graph(a, ("depth", 0))).Success();

        graph.GetProperty("relations").GetArrayLength().ShouldBe(6);
        graph.GetProperty("relations").EnumerateArray().Select(relation => relation.GetProperty("relationshipId").GetString()).ShouldBeUnique();
        graph.GetProperty("guidEntityMap").EnumerateObject().Count().ShouldBe(5);
        Guids((await List(a, "OUTPUT")).Success()).ShouldBeUnique();
    }

    [Fact]
    public async Task Columns_have_lineage_as_tables_have()
    {
        var (a, b) = (await Catalog.Have(Column("a")), await Catalog.Have(Column("b")));
        var process = await Catalog.Have(Catalog.Draft("ColumnProcess", "load").Linked("inputs", a).Linked("outputs", b));

        Guids((await List(a, "OUTPUT")).Success()).ShouldBe([process.Guid, b.Guid]);
    }

    [Fact]
    public async Task An_archived_process_is_passed_only_when_that_is_asked_for()
    {
        var (a, b) = (await Catalog.Have(Table("a")), await Catalog.Have(Table("b")));
        var load = await Catalog.Have(Process("load").Linked("inputs", a).Linked("outputs", b));
        await Catalog.Delete(load);

        var without = (await Graph(a)).Success();
        var with = (await Graph(a, ("allowDeletedProcess", true))).Success();

        Map(without).ShouldBe([a.Guid]);
        Map(with).ShouldBe([a.Guid, b.Guid, load.Guid], ignoreOrder: true);
        with.GetProperty("guidEntityMap").GetProperty(load.Guid).GetProperty("status").GetString().ShouldBe("DELETED");
        Guids((await List(a, "OUTPUT")).Success()).ShouldBeEmpty();
        (await Catalog.Restore(load)).ShouldSucceed();
        Guids((await List(a, "OUTPUT")).Success()).ShouldBe([load.Guid, b.Guid]);
    }

    [Fact]
    public async Task With_hidden_processes_relations_lead_from_asset_to_asset()
    {
        var (a, b, c, first, second) = await Chain();

        var graph = (await Graph(b, ("hideProcess", true))).Success();

        Map(graph).ShouldBe([a.Guid, b.Guid, c.Guid], ignoreOrder: true);
        Relations(graph, "processId").ShouldBe([(a.Guid, b.Guid, first.Guid), (b.Guid, c.Guid, second.Guid)], ignoreOrder: true);
        graph.GetProperty("vertexChildrenInfo").GetProperty(a.Guid).GetRawText().ShouldBe("""{"INPUT":false,"OUTPUT":true}""");
    }

    [Fact]
    public async Task Ignored_processes_and_filtered_assets_are_not_passed()
    {
        var (a, b) = (await Catalog.Have(Table("a")), await Catalog.Have(Table("b")));
        await Catalog.Have(Catalog.Draft("BIProcess", "report").Linked("inputs", a).Linked("outputs", b));

        Map((await Graph(a, ("ignoredProcesses", List("BIProcess")))).Success()).ShouldBe([a.Guid]);
        Map((await Graph(a, ("ignoredProcesses", List("ColumnProcess")))).Success()).Count.ShouldBe(3);
        Map((await Graph(a, ("entityFilters", Condition("name", "!=", "b")))).Success()).ShouldNotContain(b.Guid);
    }

    [Fact]
    public async Task A_page_of_neighbours_says_how_many_remain()
    {
        var a = await Catalog.Have(Table("a"));
        var others = new List<AssetDraft>();
        for (var n = 0; n < 5; n++)
        {
            others.Add(await Catalog.Have(Table(string.Create(CultureInfo.InvariantCulture, $"t{n}"))));
        }

        await Catalog.Have(Process("load").Linked("inputs", a).Linked("outputs", [.. others]));

        var page = (await Graph(a, ("depth", 1), ("direction", "OUTPUT"), ("offset", 1), ("limit", 2), ("calculateRemainingVertexCounts", true), ("hideProcess", true))).Success();

        Map(page).ShouldBe([a.Guid, .. others.Select(other => other.Guid).Order(StringComparer.Ordinal).Skip(1).Take(2)], ignoreOrder: true);
        page.GetProperty("remainingDownstreamVertexCount").GetInt32().ShouldBe(2);
        page.GetProperty("hasMoreDownstreamVertices").GetBoolean().ShouldBeTrue();
        page.GetProperty("hasMoreUpstreamVertices").GetBoolean().ShouldBeFalse();
        page.GetProperty("relations").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task On_demand_each_asset_shows_so_many_neighbours_and_how_many_there_are()
    {
        var (a, b, c, first, second) = await Chain();
        var d = await Catalog.Have(Table("d"));
        await Catalog.Have(Process("first").Appending("outputs", d));
        var body = new JsonObject
        {
            ["constraints"] = new JsonObject { [a.Guid] = new JsonObject { ["direction"] = "OUTPUT", ["depth"] = 3 } },
            ["defaultParams"] = new JsonObject { ["inputRelationsLimit"] = 1, ["outputRelationsLimit"] = 1 },
        };

        var answer = (await Catalog.Send(HttpMethod.Post, $"/api/meta/lineage/{a.Guid}", body.ToJsonString())).Success();

        answer.GetProperty("baseEntityGuid").GetString().ShouldBe(a.Guid);
        Map(answer).ShouldBe([a.Guid, first.Guid, b.Guid, second.Guid, c.Guid], ignoreOrder: true);
        var counts = answer.GetProperty("relationsOnDemand").GetProperty(first.Guid);
        counts.GetProperty("outputRelationsCount").GetInt32().ShouldBe(1);
        counts.GetProperty("totalOutputRelationsCount").GetInt32().ShouldBe(2);
        (counts.GetProperty("hasMoreOutputs").GetBoolean(), counts.GetProperty("hasUpstream").GetBoolean(), counts.GetProperty("hasDownstream").GetBoolean()).ShouldBe((true, true, true));
        answer.GetProperty("relationsOnDemand").GetProperty(c.Guid).GetProperty("hasDownstream").GetBoolean().ShouldBeFalse();
        (answer.GetProperty("upstreamEntityLimitReached").GetBoolean(), answer.GetProperty("downstreamEntityLimitReached").GetBoolean()).ShouldBe((false, false));
        body["constraints"]![first.Guid] = new JsonObject { ["outputRelationsLimit"] = 1, ["from"] = 1 };
        Map((await Catalog.Send(HttpMethod.Post, $"/api/meta/lineage/{a.Guid}", body.ToJsonString())).Success()).ShouldBe([a.Guid, first.Guid, d.Guid], ignoreOrder: true);
    }

    [Fact]
    public async Task Lineage_as_of_a_time_is_what_it_was_then()
    {
        var (a, b, c, first, second) = await Chain();
        var then = (await Catalog.Get(second)).GetProperty("updateTime").GetInt64();
        var sequence = await Catalog.Head();
        await Catalog.Delete(b);

        Guids((await List(a, "OUTPUT")).Success()).ShouldBe([first.Guid]);
        Guids((await List(a, "OUTPUT", ("asOf", then))).Success()).ShouldBe([first.Guid, b.Guid, second.Guid, c.Guid]);
        Map((await Graph(a, ("asOf", then))).Success()).Count.ShouldBe(5);
        Map((await Catalog.Send(HttpMethod.Get, $"/api/meta/lineage/{a.Guid}?asOfSequence={sequence}", json: null)).Success()).Count.ShouldBe(5);
        var iso = DateTimeOffset.FromUnixTimeMilliseconds(then).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        Map((await Catalog.Send(HttpMethod.Get, $"/api/meta/lineage/{a.Guid}?asOf={iso}", json: null)).Success()).Count.ShouldBe(5);
        (await List(a, "OUTPUT", ("asOf", 1))).Status.ShouldBe(404);
        (await Catalog.Send(HttpMethod.Get, $"/api/meta/lineage/{a.Guid}?version=1", json: null)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Paths_between_two_assets_come_with_the_shortest_first()
    {
        var (a, b, c, first, second) = await Chain();
        var shortcut = await Catalog.Have(Process("shortcut").Linked("inputs", a).Linked("outputs", c));

        var paths = (await Paths($"from={a.Guid}&to={c.Guid}")).Success();
        var one = (await Paths($"from={a.Guid}&to={c.Guid}&limit=1")).Success();
        var near = (await Paths($"from={a.Guid}&to={c.Guid}&maxLength=1")).Success();

        paths.GetProperty("paths").EnumerateArray().Select(path => path.GetProperty("length").GetInt32()).ShouldBe([1, 2]);
        PathGuids(paths, 0).ShouldBe([a.Guid, shortcut.Guid, c.Guid]);
        PathGuids(paths, 1).ShouldBe([a.Guid, first.Guid, b.Guid, second.Guid, c.Guid]);
        paths.GetProperty("paths")[1].GetProperty("relations").GetArrayLength().ShouldBe(4);
        Map(paths).Count.ShouldBe(6);
        (More(paths), More(one), More(near)).ShouldBe((false, true, false));
        near.GetProperty("paths").GetArrayLength().ShouldBe(1);
        (await Paths($"from={c.Guid}&to={a.Guid}")).Success().GetProperty("paths").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"from":0,"depth":1,"direction":"OUTPUT"}""", "size")]
    [InlineData("""{"size":1,"depth":1,"direction":"OUTPUT"}""", "from")]
    [InlineData("""{"size":1,"from":0,"direction":"OUTPUT"}""", "depth")]
    [InlineData("""{"size":-1,"from":0,"depth":1,"direction":"OUTPUT"}""", "size")]
    [InlineData("""{"size":1,"from":-1,"depth":1,"direction":"OUTPUT"}""", "from")]
    [InlineData("""{"size":1,"from":0,"depth":1073741824,"direction":"OUTPUT"}""", "depth")]
    [InlineData("""{"size":1,"from":0,"depth":1,"direction":"BOTH"}""", "direction")]
    [InlineData("""{"size":1,"from":0,"depth":1}""", "direction")]
    [InlineData("""{"size":100000,"from":0,"depth":1,"direction":"INPUT"}""", "size")]
    [InlineData("""{"size":1,"from":0,"depth":1,"direction":"INPUT","lineageType":"AssetLineage"}""", "lineageType")]
    [InlineData("""{"size":1,"from":0,"depth":1,"direction":"INPUT","asOf":"soon"}""", "asOf")]
    [InlineData("""{"size":1,"from":0,"depth":1,"direction":"INPUT","entityFilters":{"criterion":[{"attributeName":"name","operator":"near","attributeValue":"x"}]}}""", "entityFilters.criterion[0].operator")]
    [InlineData("""{"size":1,"from":0,"depth":1,"direction":"INPUT","entityFilters":{"condition":"XOR","criterion":[]}}""", "entityFilters.condition")]
    [InlineData("""{"size":1,"from":0,"depth":1,"direction":"INPUT","entityTraversalFilters":{"criterion":[{"criterion":[{"attributeName":"rowCount","operator":"gt","attributeValue":"many"}]}]}}""", "entityTraversalFilters.criterion[0].criterion[0].attributeValue")]
    [InlineData("""{"size":1,"from":0,"depth":1,"direction":"INPUT","relationshipTraversalFilters":{"criterion":[{"attributeName":"__state","operator":"eq"}]}}""", "relationshipTraversalFilters.criterion[0].attributeValue")]
    public async Task What_is_wrong_with_a_list_is_told_with_its_place(string json, string path)
    {
        var body = (JsonObject)JsonNode.Parse(json)!;
        body["guid"] = (await Catalog.Have(Table("a"))).Guid;

        ShouldBeRefused(await Catalog.Send(HttpMethod.Post, "/api/meta/lineage/list", body.ToJsonString()), 400, "ATLAS-400-00-029", path);
    }

    [Fact]
    public async Task Unknown_assets_attributes_and_types_without_lineage_are_refused()
    {
        var a = await Catalog.Have(Table("a"));
        var glossary = await Catalog.Have(Glossary("g"));

        ShouldBeRefused(await List(Table("x").Known(Nobody), "INPUT"), 404, "ATLAS-404-00-005", "guid");
        ShouldBeRefused(await List(Table("x").Known("x"), "INPUT"), 404, "ATLAS-404-00-005", "guid");
        ShouldBeRefused(await List(glossary, "INPUT"), 404, "ATLAS-404-00-011", "guid");
        ShouldBeRefused(await List(a, "INPUT", ("entityFilters", Condition("noSuchThing", "eq", "x"))), 400, "ATLAS-400-00-023", "entityFilters.attributeName");
        ShouldBeRefused(await Graph(a, ("ignoredProcesses", List("NoSuchType"))), 400, "ATLAS-400-00-014", "ignoredProcesses[0]");
        ShouldBeRefused(await Graph(a, ("offset", 0)), 400, "ATLAS-400-00-102", "limit");
        ShouldBeRefused(await Graph(a, ("offset", 0), ("limit", 1)), 400, "ATLAS-400-00-103", "depth");
        ShouldBeRefused(await Graph(a, ("calculateRemainingVertexCounts", true)), 400, "ATLAS-400-00-104", "calculateRemainingVertexCounts");
        ShouldBeRefused(await Paths($"from={a.Guid}&to={Nobody}"), 404, "ATLAS-404-00-005", "to");
        ShouldBeRefused(await Paths($"from={a.Guid}"), 400, "ATLAS-400-00-01A", "to");
        ShouldBeRefused(await Paths($"from={a.Guid}&to={a.Guid}"), 400, "ATLAS-400-00-01A", "to");
        ShouldBeRefused(await Catalog.Send(HttpMethod.Get, $"/api/meta/lineage/{Nobody}", json: null), 404, "ATLAS-404-00-005", "guid");
        ShouldBeRefused(await Catalog.Send(HttpMethod.Get, $"/api/meta/lineage/{a.Guid}?direction=UP", json: null), 400, "ATLAS-400-00-029", "direction");
    }

    private static void ShouldBeRefused(HttpReply reply, int status, string code, string path)
    {
        reply.Status.ShouldBe(status, reply.Body.GetRawText());
        reply.Body.GetProperty("errorCode").GetString().ShouldBe(code, reply.Body.GetRawText());
        reply.Body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("path").GetString()).ShouldBe([path]);
    }

    private static JsonObject Condition(string attribute, string comparison, string? value)
    {
        var condition = new JsonObject { ["attributeName"] = attribute, ["operator"] = comparison };
        if (value is not null)
        {
            condition["attributeValue"] = value;
        }

        return condition;
    }

    private static List<string> Guids(JsonElement list) =>
        [.. (list.ValueKind == JsonValueKind.Array ? list : list.GetProperty("entities")).EnumerateArray().Select(entity => entity.GetProperty("guid").GetString()!)];

    private static List<int> Depths(JsonElement list) => [.. list.GetProperty("entities").EnumerateArray().Select(entity => entity.GetProperty("depth").GetInt32())];

    private static List<string> Map(JsonElement graph) => [.. graph.GetProperty("guidEntityMap").EnumerateObject().Select(member => member.Name)];

    private static List<string?> PathGuids(JsonElement paths, int index) =>
        [.. paths.GetProperty("paths")[index].GetProperty("guids").EnumerateArray().Select(guid => guid.GetString())];

    private static List<(string? From, string? To, string? Third)> Relations(JsonElement graph, string third) =>
    [
        .. graph.GetProperty("relations").EnumerateArray().Select(relation =>
            (relation.GetProperty("fromEntityId").GetString(), relation.GetProperty("toEntityId").GetString(), relation.GetProperty(third).GetString())),
    ];

    private static bool More(JsonElement answer) => answer.GetProperty("hasMore").GetBoolean();

    private async Task<(AssetDraft A, AssetDraft B, AssetDraft C, AssetDraft First, AssetDraft Second)> Chain()
    {
        var (a, b, c) = (await Catalog.Have(Table("a")), await Catalog.Have(Table("b")), await Catalog.Have(Table("c")));
        var first = await Catalog.Have(Process("first").Linked("inputs", a).Linked("outputs", b));
        return (a, b, c, first, await Catalog.Have(Process("second").Linked("inputs", b).Linked("outputs", c)));
    }

    private Task<HttpReply> List(AssetDraft start, string direction, params (string Name, JsonNode Value)[] more) =>
        Ask("list", new JsonObject { ["guid"] = start.Guid, ["size"] = 100, ["from"] = 0, ["depth"] = 1_000_000, ["direction"] = direction }, more);

    private Task<HttpReply> Graph(AssetDraft start, params (string Name, JsonNode Value)[] more) => Ask("getlineage", new JsonObject { ["guid"] = start.Guid }, more);

    private Task<HttpReply> Ask(string call, JsonObject body, (string Name, JsonNode Value)[] more)
    {
        foreach (var (name, value) in more)
        {
            body[name] = value;
        }

        return Catalog.Send(HttpMethod.Post, $"/api/meta/lineage/{call}", body.ToJsonString());
    }

    private Task<HttpReply> Paths(string query) => Catalog.Send(HttpMethod.Get, $"/api/lineage/paths?{query}", json: null);
}
