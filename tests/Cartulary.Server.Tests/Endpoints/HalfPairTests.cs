using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>JSON can spell half of a surrogate pair, and no text can hold one: wherever it stands, the client is told.</summary>
public sealed class HalfPairTests
{
    [Theory]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"\ud800"}}""")]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"\uDC00\uD800"}}""")]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"n","atlanSchema":{"guid":"\ud800"}}}""")]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"n","atlanSchema":{"\ud800":1}}}""")]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"n","atlanSchema":{"typeName":"Schema","uniqueAttributes":{"\ud800":"x"}}}}""")]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"n","meanings":[{"guid":"-9","relationshipAttributes":{"attributes":{"\ud800":1}}}]}}""")]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"n"},"labels":["\ud800x"]}""")]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"n"},"customAttributes":{"\udfff":"x"}}""")]
    [InlineData("""{"typeName":"Table","attributes":{"qualifiedName":"t","name":"n"},"customAttributes":{"k":"\ud83d\u0041"}}""")]
    public async Task Half_a_pair_is_a_mistake_of_the_client(string entity)
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(
            HttpMethod.Post, "/api/meta/entity/bulk", $$$"""{"entities":[{{{entity}}}],"referredEntities":{"-4":{"typeName":"Link"} } }""");

        (answer.Status, answer.Code).ShouldBe((400, "ATLAS-400-00-029"));
    }

    [Fact]
    public async Task Whole_pairs_and_escaped_backslashes_are_texts_like_others()
    {
        await using var host = await Host.StartAsync();
        var saved = await host.SaveAsync("""{"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"t","name":"\ud83d\ude00 \\ud800"}}""");

        var read = await host.GetAsync($"/api/meta/entity/guid/{saved["guidAssignments"].GetProperty("-1").GetString()}");

        read["entity"].GetProperty("attributes").GetProperty("name").GetString().ShouldBe("\U0001F600 \\ud800");
    }
}
