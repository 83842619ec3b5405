using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>A body that is nothing but a value changes one attribute of an asset.</summary>
public sealed class AttributeUpdateTests
{
    [Theory]
    [InlineData("description", "\"new\"", "\"new\"")]
    [InlineData("rowCount", " 12 ", "12")]
    [InlineData("certificateStatus", "\"VERIFIED\"", "\"VERIFIED\"")]
    [InlineData("ownerUsers", """["b","a","b"]""", """["a","b"]""")]
    public async Task A_value_of_any_plain_type_is_set(string name, string body, string stored)
    {
        await using var host = await Host.StartAsync();
        var guid = await HaveTableAsync(host);

        var answer = await host.SendAsync(HttpMethod.Put, $"/api/atlas/v2/entity/guid/{guid}?name={name}", body);

        answer.Status.ShouldBe(200);
        answer["mutatedEntities"].GetProperty("PARTIAL_UPDATE")[0].GetProperty("guid").GetString().ShouldBe(guid);
        (await host.GetAsync($"/api/meta/entity/guid/{guid}"))["entity"].GetProperty("attributes").GetProperty(name).GetRawText().ShouldBe(stored);
    }

    [Fact]
    public async Task Null_clears_it_and_the_same_value_again_changes_nothing()
    {
        await using var host = await Host.StartAsync();
        var guid = await HaveTableAsync(host);
        var path = $"/api/meta/entity/guid/{guid}?name=description";

        var cleared = await host.SendAsync(HttpMethod.Put, path, "null");
        var again = await host.SendAsync(HttpMethod.Put, path, "null");

        cleared["mutatedEntities"].GetProperty("PARTIAL_UPDATE").GetArrayLength().ShouldBe(1);
        again.Body.GetRawText().ShouldBe("""{"guidAssignments":{}}""");
    }

    [Theory]
    [InlineData("\"GUID\"")]
    [InlineData("""{"guid":"GUID"}""")]
    public async Task A_text_for_a_relationship_is_a_guid(string body)
    {
        await using var host = await Host.StartAsync();
        var table = await HaveTableAsync(host);
        var column = (await host.SaveAsync(Entities.Column("id", table)))["guidAssignments"].EnumerateObject().Single().Value.GetString();
        var other = (await host.SaveAsync("""{"typeName":"Table","guid":"-9","attributes":{"name":"o","qualifiedName":"o"}}"""))["guidAssignments"].GetProperty("-9").GetString()!;

        var answer = await host.SendAsync(HttpMethod.Put, $"/api/meta/entity/guid/{column}?name=table", body.Replace("GUID", other, StringComparison.Ordinal));

        answer.Status.ShouldBe(200);
        var read = await host.GetAsync($"/api/meta/entity/guid/{column}");
        read["entity"].GetProperty("relationshipAttributes").GetProperty("table").GetProperty("guid").GetString().ShouldBe(other);
    }

    [Theory]
    [InlineData("nothing", "1", 400, "ATLAS-400-00-023")]
    [InlineData("", "1", 400, "ATLAS-400-00-01A")]
    [InlineData("description", "", 400, "ATLAS-400-00-029")]
    [InlineData("description", "\"a\" \"b\"", 400, "ATLAS-400-00-029")]
    [InlineData("description", "\"\\ud800\"", 400, "ATLAS-400-00-029")]
    [InlineData("rowCount", "\"many\"", 404, "ATLAS-404-00-007")]
    [InlineData("name", "null", 404, "ATLAS-404-00-007")]
    [InlineData("columns", "7", 400, "ATLAS-400-00-021")]
    public async Task What_cannot_be_set_is_refused(string name, string body, int status, string code)
    {
        await using var host = await Host.StartAsync();
        var guid = await HaveTableAsync(host);

        var answer = await host.SendAsync(HttpMethod.Put, $"/api/meta/entity/guid/{guid}?name={name}", body);

        (answer.Status, answer.Code).ShouldBe((status, code));
    }

    [Fact]
    public async Task An_unknown_guid_is_not_found()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Put, "/api/meta/entity/guid/00000000-0000-0000-0000-000000000001?name=description", "\"x\"");

        (answer.Status, answer.Code).ShouldBe((404, "ATLAS-404-00-005"));
    }

    private static async Task<string> HaveTableAsync(Host host) => (await host.SaveAsync(Entities.Table))["guidAssignments"].GetProperty("-2").GetString()!;
}
