using System.Text.Json;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Endpoints;

public sealed class SettingsEndpointTests
{
    [Fact]
    public async Task A_new_catalog_ignores_nothing()
    {
        await using var host = await Host.StartAsync();

        (await host.SendAsync(HttpMethod.Get, "/api/settings", json: null)).Body.GetRawText().ShouldBe("""{"ignoredAttributes":[]}""");
    }

    [Fact]
    public async Task An_ignored_attribute_alone_makes_no_change()
    {
        await using var host = await Host.StartAsync();
        await IgnoreAsync(host, "lastSyncRun", "lastSyncRunAt");
        await SaveAsync(host, "one", "a");
        var head = await HeadAsync(host);

        var again = await SaveAsync(host, "two", "a");

        again.TryGetProperty("mutatedEntities", out _).ShouldBeFalse();
        (await HeadAsync(host)).ShouldBe(head);
    }

    [Fact]
    public async Task An_ignored_attribute_is_written_and_told_beside_a_change()
    {
        await using var host = await Host.StartAsync();
        await IgnoreAsync(host, "lastSyncRun");
        await SaveAsync(host, "one", "a");
        await SaveAsync(host, "two", "a");
        var head = await HeadAsync(host);

        await SaveAsync(host, "three", "b");

        var told = (await host.SendAsync(HttpMethod.Get, $"/api/events?after={head}", json: null)).Body.GetProperty("events")[0].GetProperty("envelope").GetProperty("message");
        told.GetProperty("mutatedDetails").GetProperty("attributes").GetRawText().ShouldBe("""{"description":"b","lastSyncRun":"three"}""");
        told.GetProperty("previousDetails").GetProperty("attributes").GetRawText().ShouldBe("""{"description":"a","lastSyncRun":"one"}""");
    }

    [Fact]
    public async Task What_is_not_ignored_any_more_is_a_change_again()
    {
        await using var host = await Host.StartAsync();
        await IgnoreAsync(host, "lastSyncRun");
        await SaveAsync(host, "one", "a");
        await SaveAsync(host, "two", "a");
        await SaveAsync(host, "two", "a");

        await IgnoreAsync(host);

        (await SaveAsync(host, "two", "a")).GetProperty("mutatedEntities").GetProperty("UPDATE").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"ignoredAttributes":["noSuchAttribute"]}""")]
    [InlineData("""{"ignoredAttributes":["qualifiedName"]}""")]
    [InlineData("""{"ignoredAttributes":["name"]}""")]
    [InlineData("""{"ignoredAttributes":["certificateStatus"]}""")]
    [InlineData("""{"ignoredAttributes":"lastSyncRun"}""")]
    [InlineData("""{"ignoredAttributes":[1]}""")]
    [InlineData("""{"ignored":[]}""")]
    [InlineData("""{"ignoredAttributes":[],"more":1}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task Settings_that_make_no_sense_are_refused_and_nothing_is_set(string body)
    {
        await using var host = await Host.StartAsync();

        (await host.SendAsync(HttpMethod.Put, "/api/settings", body)).Status.ShouldBe(400);

        (await host.SendAsync(HttpMethod.Get, "/api/settings", json: null)).Body.GetRawText().ShouldBe("""{"ignoredAttributes":[]}""");
    }

    private static async Task IgnoreAsync(Host host, params string[] names)
    {
        var answer = await host.SendAsync(HttpMethod.Put, "/api/settings", $$"""{"ignoredAttributes":{{JsonSerializer.Serialize(names)}}}""");
        answer.Body.GetProperty("ignoredAttributes").EnumerateArray().Select(name => name.GetString()).ShouldBe(names);
    }

    private static async Task<JsonElement> SaveAsync(Host host, string run, string description) => (await host.SaveAsync(
        $$$"""{"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"t","name":"t","lastSyncRun":"{{{run}}}","description":"{{{description}}}"}}""")).Body;

    private static async Task<long> HeadAsync(Host host) =>
        (await host.SendAsync(HttpMethod.Get, "/api/events?after=latest", json: null)).Body.GetProperty("head").GetInt64();
}
