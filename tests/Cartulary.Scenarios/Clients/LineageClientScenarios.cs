using System.Text.Json;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Clients;

/// <summary>Lineage as both Python clients ask for it, word for word, with all that their parsers need.</summary>
public sealed class LineageClientScenarios : IDisposable
{
    private readonly WireClient _atlan;
    private readonly WireClient _atlas;
    private readonly string _name;

    public LineageClientScenarios(CatalogServer server)
    {
        _atlan = WireClient.OfAtlan(server);
        _atlas = WireClient.OfApacheAtlas(server);
        _name = server.NewCatalog().Scenario;
    }

    public void Dispose()
    {
        _atlan.Dispose();
        _atlas.Dispose();
    }

    [Fact]
    public async Task Atlans_client_pages_through_a_list_with_its_usual_filters_until_there_is_no_more()
    {
        var guids = await HaveAsync();
        var seen = new List<JsonElement>();
        for (var hasMore = true; hasMore;)
        {
            var page = await _atlan.AskAsync("POST", "/api/meta/lineage/list", $$"""
                {"guid":"{{guids["a"]}}","size":2,"from":{{seen.Count}},"depth":1000000,"direction":"OUTPUT","attributes":["name","certificateStatus"],
                 "entityFilters":{"condition":"AND","criterion":[{"attributeName":"__state","operator":"=","attributeValue":"ACTIVE"}]},
                 "entityTraversalFilters":{"condition":"AND","criterion":[{"attributeName":"__state","operator":"=","attributeValue":"ACTIVE"}]},
                 "relationshipTraversalFilters":{"condition":"AND","criterion":[{"attributeName":"__state","operator":"=","attributeValue":"ACTIVE"}]},
                 "excludeMeanings":true,"excludeClassifications":true,"immediateNeighbours":true}
                """);
            seen.AddRange(page.GetProperty("entities").EnumerateArray());
            hasMore = page.GetProperty("hasMore").GetBoolean();
        }

        seen.Select(entity => entity.GetProperty("guid").GetString()).ShouldBe([guids["a"], guids["p"], guids["b"]]);
        foreach (var entity in seen)
        {
            entity.GetProperty("typeName").GetString().ShouldNotBeNull();
            entity.GetProperty("status").GetString().ShouldBe("ACTIVE");
            entity.GetProperty("depth").ValueKind.ShouldBe(JsonValueKind.Number);
            entity.GetProperty("attributes").GetProperty("qualifiedName").GetString().ShouldNotBeNull();
            foreach (var side in new[] { "immediateUpstream", "immediateDownstream" })
            {
                entity.GetProperty(side).EnumerateArray().ShouldAllBe(near =>
                    near.GetProperty("guid").GetString() != null && near.GetProperty("name").GetString() != null && near.GetProperty("qualifiedName").GetString() != null);
            }
        }
    }

    [Fact]
    public async Task Atlans_client_gets_no_entities_and_no_more_where_nothing_is()
    {
        var guids = await HaveAsync();

        var page = await _atlan.AskAsync("POST", "/api/meta/lineage/list", $$"""
            {"guid":"{{guids["b"]}}","size":10,"from":0,"depth":1000000,"direction":"OUTPUT","attributes":[],"excludeMeanings":true,"excludeClassifications":true,"immediateNeighbours":false}
            """);

        page.GetProperty("entities").GetArrayLength().ShouldBe(0);
        page.GetProperty("hasMore").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Apache_Atlass_client_gets_lineage_by_guid_and_by_name_with_processes_between()
    {
        var guids = await HaveAsync();

        var byGuid = await _atlas.AskAsync("GET", $"/api/atlas/v2/lineage/{guids["a"]}?direction=BOTH&depth=3");
        var byName = await _atlas.AskAsync("GET", $"/api/atlas/v2/lineage/uniqueAttribute/type/Table?attr%3AqualifiedName={_name}%2Fa&direction=OUTPUT&depth=3");

        foreach (var lineage in new[] { byGuid, byName })
        {
            lineage.GetProperty("baseEntityGuid").GetString().ShouldBe(guids["a"]);
            lineage.GetProperty("lineageDepth").GetInt32().ShouldBe(3);
            lineage.GetProperty("guidEntityMap").EnumerateObject().Select(member => member.Name).ShouldBe(guids.Values, ignoreOrder: true);
            lineage.GetProperty("guidEntityMap").GetProperty(guids["p"]).GetProperty("typeName").GetString().ShouldBe("Process");
            lineage.GetProperty("relations").EnumerateArray().Select(relation => (relation.GetProperty("fromEntityId").GetString(), relation.GetProperty("toEntityId").GetString()))
                .ShouldBe([(guids["a"], guids["p"]), (guids["p"], guids["b"])], ignoreOrder: true);
            lineage.GetProperty("relations").EnumerateArray().ShouldAllBe(relation => relation.GetProperty("relationshipId").GetString() != null);
        }

        byGuid.GetProperty("lineageDirection").GetString().ShouldBe("BOTH");
        byName.GetProperty("lineageDirection").GetString().ShouldBe("OUTPUT");
    }

    private async Task<Dictionary<string, string>> HaveAsync()
    {
        var saved = await _atlan.AskAsync("POST", "/api/meta/entity/bulk", $$$"""
            {"entities":[
             {"typeName":"Table","guid":"-1","attributes":{"name":"a","qualifiedName":"{{{_name}}}/a"}},
             {"typeName":"Table","guid":"-2","attributes":{"name":"b","qualifiedName":"{{{_name}}}/b"}},
             {"typeName":"Process","guid":"-3","attributes":{"name":"p","qualifiedName":"{{{_name}}}/p","inputs":[{"typeName":"Table","guid":"-1"}],"outputs":[{"typeName":"Table","guid":"-2"}]}}]}
            """);
        var guids = saved.GetProperty("guidAssignments");
        return new Dictionary<string, string>
        {
            ["a"] = guids.GetProperty("-1").GetString()!,
            ["b"] = guids.GetProperty("-2").GetString()!,
            ["p"] = guids.GetProperty("-3").GetString()!,
        };
    }
}
