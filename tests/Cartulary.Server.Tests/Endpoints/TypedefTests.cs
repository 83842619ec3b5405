using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class TypedefTests
{
    private static readonly string[] Lists = ["enumDefs", "structDefs", "classificationDefs", "entityDefs", "relationshipDefs", "businessMetadataDefs"];

    [Fact]
    public async Task The_bundle_always_has_six_lists()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.GetAsync("/api/meta/types/typedefs/");

        answer.Body.EnumerateObject().Select(list => list.Name).ShouldBe(Lists);
        answer["enumDefs"].GetArrayLength().ShouldBePositive();
        answer["structDefs"].GetArrayLength().ShouldBePositive();
        answer.Body.GetRawText().ShouldNotContain(":null");
    }

    [Fact]
    public async Task The_bundle_can_be_filtered_by_category()
    {
        await using var host = await Host.StartAsync();

        var answer = await host.GetAsync("/api/meta/types/typedefs/?type=CLASSIFICATION&type=STRUCT");

        answer.Body.EnumerateObject().Select(list => list.Name).ShouldBe(Lists);
        answer["structDefs"].GetArrayLength().ShouldBePositive();
        answer["entityDefs"].GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task An_entity_type_shows_its_subtypes_and_relationship_attributes()
    {
        await using var host = await Host.StartAsync();

        var sql = await host.GetAsync("/api/meta/types/typedef/name/SQL");
        var column = await host.GetAsync("/api/atlas/v2/types/entitydef/name/Column");

        sql["category"].GetString().ShouldBe("ENTITY");
        sql["subTypes"].EnumerateArray().Select(name => name.GetString()).ShouldContain("Table");
        var table = column["relationshipAttributeDefs"].EnumerateArray().Single(end => end.GetProperty("name").GetString() == "table");
        table.GetProperty("typeName").GetString().ShouldBe("Table");
        table.GetProperty("relationshipTypeName").GetString().ShouldBe("table_columns");
    }

    [Fact]
    public async Task A_definition_is_found_by_its_guid()
    {
        await using var host = await Host.StartAsync();
        var guid = (await host.GetAsync("/api/meta/types/enumdef/name/certificate_status"))["guid"].GetString();

        (await host.GetAsync($"/api/meta/types/typedef/guid/{guid}"))["name"].GetString().ShouldBe("certificate_status");
        (await host.GetAsync($"/api/meta/types/enumdef/guid/{guid}"))["name"].GetString().ShouldBe("certificate_status");
        (await host.GetAsync($"/api/meta/types/structdef/guid/{guid}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Headers_name_every_definition()
    {
        await using var host = await Host.StartAsync();

        var headers = await host.GetAsync("/api/meta/types/typedefs/headers");

        headers.Body.EnumerateArray().ShouldContain(header => header.GetProperty("name").GetString() == "Column" && header.GetProperty("category").GetString() == "ENTITY");
    }
}
