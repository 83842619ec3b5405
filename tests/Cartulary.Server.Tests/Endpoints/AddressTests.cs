using System.Text;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class AddressTests
{
    [Theory]
    [InlineData("/api/meta/entity/uniqueAttribute/type/Connection?attr:qualifiedName=default/sqlite/1")]
    [InlineData("/api/meta/entity/uniqueAttribute/type/Connection/?attr%3AqualifiedName=default%2Fsqlite%2F1")]
    [InlineData("/api/atlas/v2//entity/uniqueAttribute//type/Connection/?attr:qualifiedName=default/sqlite/1&ignoreRelationships=True&minExtInfo=FALSE")]
    [InlineData("//api/meta/entity/uniqueAttribute/type/Asset?attr:qualifiedName=default/sqlite/1&unknown=1")]
    public async Task Every_spelling_reaches_the_asset(string path)
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Connection);

        var answer = await host.SendAsync(HttpMethod.Get, host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) + path);

        answer.Status.ShouldBe(200);
        answer["entity"].GetProperty("typeName").GetString().ShouldBe("Connection");
    }

    [Theory]
    [InlineData("GET", "/api/meta/nothing", 404, "CARTULARY-404-00-001")]
    [InlineData("GET", "/", 404, "CARTULARY-404-00-001")]
    [InlineData("PATCH", "/api/meta/entity/bulk", 405, "CARTULARY-405-00-001")]
    [InlineData("GET", "/api/meta/entity/guid/x", 404, "ATLAS-404-00-005")]
    [InlineData("GET", "/api/meta/entity/guid/00000000-0000-0000-0000-000000000001", 404, "ATLAS-404-00-005")]
    [InlineData("GET", "/api/meta/entity/bulk", 400, "ATLAS-400-00-01A")]
    [InlineData("GET", "/api/meta/entity/bulk?guid=x", 400, "ATLAS-400-00-01A")]
    [InlineData("GET", "/api/meta/entity/uniqueAttribute/type/Table", 400, "ATLAS-400-00-01A")]
    [InlineData("GET", "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=a&attr:qualifiedName=b", 400, "ATLAS-400-00-01A")]
    [InlineData("GET", "/api/meta/entity/uniqueAttribute/type/Nothing?attr:qualifiedName=a", 400, "ATLAS-400-00-014")]
    [InlineData("GET", "/api/meta/entity/uniqueAttribute/type/Table?attr:name=a", 400, "ATLAS-400-00-013")]
    [InlineData("GET", "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=a", 404, "ATLAS-404-00-009")]
    [InlineData("GET", "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=a&minExtInfo=maybe", 400, "ATLAS-400-00-01A")]
    [InlineData("GET", "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=a&minExtInfo=true&minExtInfo=false", 400, "ATLAS-400-00-01A")]
    [InlineData("DELETE", "/api/meta/entity/bulk?guid=00000000-0000-0000-0000-000000000001&deleteType=GONE", 400, "ATLAS-400-00-01A")]
    [InlineData("DELETE", "/api/meta/entity/bulk?guid=00000000-0000-0000-0000-000000000001&deleteType=some", 400, "ATLAS-400-00-01A")]
    [InlineData("DELETE", "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=a", 404, "ATLAS-404-00-009")]
    [InlineData("GET", "/api/meta/types/typedef/name/Nothing", 404, "ATLAS-404-00-001")]
    [InlineData("GET", "/api/meta/types/enumdef/name/Table", 404, "ATLAS-404-00-001")]
    [InlineData("GET", "/api/meta/types/typedefs?type=NOTHING", 400, "ATLAS-400-00-01A")]
    public async Task A_refusal_has_one_form(string method, string path, int status, string code)
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(new HttpMethod(method), path);

        answer.Status.ShouldBe(status);
        answer.Code.ShouldBe(code);
        answer["errorMessage"].GetString().ShouldNotBeEmpty();
        answer["problems"][0].GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task A_request_line_of_a_thousand_guids_is_read()
    {
        await using var host = await Host.StartAsync();
        var guids = string.Join('&', Enumerable.Range(0, 1_500).Select(number => $"guid=00000000-0000-0000-0000-{number:D12}"));

        var answer = await host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/bulk/?deleteType=SOFT&{guids}");

        answer.Status.ShouldBe(200);
        answer.Body.GetRawText().ShouldBe("{}");
    }

    [Fact]
    public async Task An_unknown_guid_is_deleted_without_complaint()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Delete, "/api/meta/entity/guid/00000000-0000-0000-0000-000000000001");

        (answer.Status, answer.Body.GetRawText()).ShouldBe((200, "{}"));
    }

    [Fact]
    public async Task A_body_that_is_not_JSON_is_refused_as_such()
    {
        await using var host = await Host.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/meta/entity/bulk") { Content = new StringContent("a=b", Encoding.UTF8, "application/x-www-form-urlencoded") };

        var answer = await host.SendAsync(request);

        (answer.Status, answer.Code).ShouldBe((415, "CARTULARY-415-00-001"));
    }

    [Fact]
    public async Task A_second_server_cannot_have_the_same_data()
    {
        await using var host = await Host.StartAsync();

        await Should.ThrowAsync<IOException>(() => Host.StartInAsync(new DirectoryInfo(host.Folder)));
    }
}
