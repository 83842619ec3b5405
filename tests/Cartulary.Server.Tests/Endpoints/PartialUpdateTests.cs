using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>A partial update is about the asset that its address names; what the body refers to beside it are other assets.</summary>
public sealed class PartialUpdateTests
{
    private const string Address = "/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=default/sqlite/1/orders";

    [Fact]
    public async Task Assets_that_it_refers_to_are_saved_beside_it()
    {
        await using var host = await Host.StartAsync();
        var table = (await host.SaveAsync(Entities.Table))["guidAssignments"].GetProperty("-2").GetString();

        var answer = await host.SendAsync(HttpMethod.Put, Address, """
            {"entity":{"typeName":"Table","guid":"-1","relationshipAttributes":{"readme":{"typeName":"Readme","guid":"-7"}}},
             "referredEntities":{"-7":{"typeName":"Readme","guid":"-7","attributes":{"name":"about","qualifiedName":"r"}}}}
            """);

        answer.Status.ShouldBe(200);
        var readme = answer["mutatedEntities"].GetProperty("CREATE")[0];
        readme.GetProperty("typeName").GetString().ShouldBe("Readme");
        answer["guidAssignments"].GetProperty("-1").GetString().ShouldBe(table);
        answer["guidAssignments"].GetProperty("-7").GetString().ShouldBe(readme.GetProperty("guid").GetString());
    }

    [Fact]
    public async Task Assets_that_it_creates_need_their_mandatory_attributes()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Entities.Table);

        var answer = await host.SendAsync(HttpMethod.Put, Address, """
            {"entity":{"typeName":"Table","relationshipAttributes":{"readme":{"guid":"-7"}}},
             "referredEntities":{"-7":{"typeName":"Readme","attributes":{"qualifiedName":"r"}}}}
            """);

        answer.Code.ShouldBe("ATLAS-404-00-007");
        answer["problems"].EnumerateArray().Single().GetProperty("path").GetString().ShouldBe("referredEntities.-7.attributes.name");
    }
}
