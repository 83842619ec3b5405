using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

/// <summary>What decides whether or how something is written is obeyed or refused, never passed over.</summary>
public sealed class NotOfferedTests
{
    private const string Body = """{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"t","name":"t"}}]}""";

    [Theory]
    [InlineData("dryRun=true", 400)]
    [InlineData("dryRun=True&receipts=false", 400)]
    [InlineData("receipts=TRUE", 400)]
    [InlineData("dryRun=maybe", 400)]
    [InlineData("dryRun=false&receipts=False", 200)]
    public async Task Dry_runs_and_receipts_are_refused(string query, int status)
    {
        await using var host = await Host.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Post, $"/api/meta/entity/bulk?{query}", Body);

        answer.Status.ShouldBe(status);
        (await host.GetAsync("/api/events"))["head"].GetInt64().ShouldBe(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task A_deletion_on_trial_is_refused()
    {
        await using var host = await Host.StartAsync();
        var guid = (await host.SaveAsync(Entities.Table))["guidAssignments"].GetProperty("-2").GetString();

        var answer = await host.SendAsync(HttpMethod.Delete, $"/api/meta/entity/guid/{guid}?dryRun=true");

        answer.Status.ShouldBe(400);
        (await host.GetAsync($"/api/meta/entity/guid/{guid}"))["entity"].GetProperty("status").GetString().ShouldBe("ACTIVE");
    }

    [Fact]
    public async Task A_precondition_is_refused()
    {
        await using var host = await Host.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/meta/entity/bulk") { Content = new StringContent(Body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TryAddWithoutValidation("If-Match", "\"3\"");

        (await host.SendAsync(request)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("\"expectedVersion\":3", 400)]
    [InlineData("\"starred\":true", 400)]
    [InlineData("\"expectedVersion\":null,\"starred\":null", 200)]
    public async Task Commands_of_an_asset_are_refused_and_null_says_nothing(string member, int status)
    {
        await using var host = await Host.StartAsync();

        (await host.SaveAsync($$$"""{"typeName":"Table",{{{member}}},"attributes":{"qualifiedName":"t","name":"t"}}""")).Status.ShouldBe(status);
    }
}
