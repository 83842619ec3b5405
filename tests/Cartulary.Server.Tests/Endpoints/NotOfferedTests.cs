using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>What decides whether or how something is written is obeyed or refused, never passed over.</summary>
public sealed class NotOfferedTests
{
    private const string Body = """{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t"}}]}""";

    [Theory]
    [InlineData("dryRun=maybe")]
    [InlineData("receipts=1")]
    [InlineData("dryRun=true&dryRun=false")]
    public async Task A_flag_that_is_no_boolean_is_a_mistake(string query)
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Post, $"/api/meta/entity/bulk?{query}", Body);

        answer.Status.ShouldBe(400);
        (await host.GetAsync("/api/events"))["head"].GetInt64().ShouldBe(0);
    }

    [Theory]
    [InlineData("\"expectedVersion\":null,\"starred\":null", 200)]
    public async Task Commands_of_an_asset_are_refused_and_null_says_nothing(string member, int status)
    {
        await using var host = await Host.StartAsync();

        (await host.SaveAsync($$$"""{"typeName":"Table",{{{member}}},"attributes":{"qualifiedName":"t","name":"t"}}""")).Status.ShouldBe(status);
    }
}
