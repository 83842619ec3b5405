using System.Text.Json;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class ReadTests
{
    [Fact]
    public async Task An_asset_shows_its_values_and_its_edges()
    {
        await using var host = await Host.StartAsync();
        var guids = (await host.SaveAsync(Entities.Table, Entities.Column("id")))["guidAssignments"];

        var answer = await host.GetAsync($"/api/meta/entity/guid/{guids.GetProperty("-102")}");

        answer["referredEntities"].GetRawText().ShouldBe("{}");
        var column = answer["entity"];
        column.GetProperty("status").GetString().ShouldBe("ACTIVE");
        column.GetProperty("version").GetInt64().ShouldBe(1);
        column.GetProperty("attributes").GetProperty("order").GetInt32().ShouldBe(1);
        var table = column.GetProperty("relationshipAttributes").GetProperty("table");
        table.GetProperty("guid").GetString().ShouldBe(guids.GetProperty("-2").GetString());
        table.GetProperty("uniqueAttributes").GetProperty("qualifiedName").GetString().ShouldBe("default/sqlite/1/orders");
        table.GetProperty("relationshipStatus").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task No_tag_field_is_ever_null()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);

        var answer = await host.GetAsync("/api/meta/entity/uniqueAttribute/type/Connection?attr:qualifiedName=default/sqlite/1");

        answer["entity"].GetProperty("classifications").GetRawText().ShouldBe("[]");
        answer.Body.GetRawText().ShouldNotContain("null");
    }

    [Fact]
    public async Task Without_relationships_the_answer_has_none()
    {
        await using var host = await Host.StartAsync();
        var guids = (await host.SaveAsync(Entities.Table, Entities.Column("id")))["guidAssignments"];

        var answer = await host.GetAsync($"/api/meta/entity/bulk?guid={guids.GetProperty("-2")}&guid={guids.GetProperty("-102")}&ignoreRelationships=True");

        answer["entities"].GetArrayLength().ShouldBe(2);
        answer["entities"].EnumerateArray().Count(entity => entity.TryGetProperty("relationshipAttributes", out _)).ShouldBe(0);
    }

    [Fact]
    public async Task An_edge_to_an_archived_asset_is_marked()
    {
        await using var host = await Host.StartAsync();
        var guids = (await host.SaveAsync(Entities.Table, Entities.Column("id")))["guidAssignments"];
        await host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/guid/{guids.GetProperty("-102")}");

        var answer = await host.GetAsync($"/api/meta/entity/guid/{guids.GetProperty("-2")}");

        var column = answer["entity"].GetProperty("relationshipAttributes").GetProperty("columns")[0];
        column.GetProperty("entityStatus").GetString().ShouldBe("DELETED");
        column.GetProperty("relationshipStatus").GetString().ShouldBe("DELETED");
    }

    [Fact]
    public async Task Too_many_edges_are_left_out_and_named()
    {
        await using var host = await Host.StartAsync("--Limits:EdgesPerEnd=1");
        var guids = (await host.SaveAsync(Entities.Table, Entities.Column("id"), Entities.Column("name")))["guidAssignments"];

        var table = (await host.GetAsync($"/api/meta/entity/guid/{guids.GetProperty("-2")}"))["entity"];

        table.GetProperty("truncatedRelationshipAttributes").Deserialize<string[]>().ShouldBe(["columns"]);
        table.GetProperty("relationshipAttributes").GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task A_term_of_an_asset_is_shown_as_its_meaning()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(
            """{"typeName":"AtlasGlossary","guid":"-1","attributes":{"name":"Business","qualifiedName":"x"}}""",
            """{"typeName":"AtlasGlossaryTerm","guid":"-3","attributes":{"name":"Order","qualifiedName":"y","anchor":{"guid":"-1"}}}""",
            Entities.Table.Replace("\"name\"", "\"meanings\":[{\"typeName\":\"AtlasGlossaryTerm\",\"guid\":\"-3\"}],\"name\"", StringComparison.Ordinal));

        var table = (await host.GetAsync("/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=default/sqlite/1/orders"))["entity"];

        table.GetProperty("meanings")[0].GetProperty("displayText").GetString().ShouldBe("Order");
    }

    [Theory]
    [InlineData("entity/guid/{0}")]
    [InlineData("entity/guid/{0}?ignoreRelationships=true")]
    public async Task What_is_read_and_sent_back_changes_nothing(string path)
    {
        await using var host = await Host.StartAsync();
        var guids = (await host.SaveAsync(Entities.Connection, Entities.Table, Entities.Column("id"), Entities.Column("name")))["guidAssignments"];
        await host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/guid/{guids.GetProperty("-104")}");
        foreach (var guid in guids.EnumerateObject())
        {
            var read = await host.GetAsync("/api/meta/" + string.Format(null, path, guid.Value.GetString()));

            var saved = await host.SendAsync(HttpMethod.Post, "/api/atlas/v2/entity/", read.Body.GetRawText());

            saved.Status.ShouldBe(200, saved.Body.GetRawText());
            saved.Body.TryGetProperty("mutatedEntities", out _).ShouldBeFalse(saved.Body.GetRawText());
        }
    }

    [Fact]
    public async Task A_header_stands_alone()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);

        var header = await host.GetAsync("/api/atlas/v2/entity/uniqueAttribute/type/Connection/header?attr:qualifiedName=default/sqlite/1");

        header["displayText"].GetString().ShouldBe("shop");
        header["meaningNames"].GetRawText().ShouldBe("[]");
    }
}
