using System.Text.Json;

namespace Cartulary.Cli.Tests.Commands;

public sealed class RehearseCommandTests
{
    private static readonly string[] Local = ["--Webhooks:AllowPrivateNetworks", "true", "--Feed:LimitMax", "3"];

    [Fact]
    public async Task It_counts_what_a_webhook_with_the_same_filters_then_sends()
    {
        await using var server = await RealServer.StartAsync(Local);
        await WebhooksCommandTests.SaveAsync(server, "one", "a", "b", "c", "d");
        await WebhooksCommandTests.SaveAsync(server, "two", "a", "b");
        await WebhooksCommandTests.SaveAsync(server, "three", "other/e");
        string[] filter = ["--prefix", "cli/", "--operation", "entity_create", "ENTITY_UPDATE", "--type", "Asset", "--ignore-attributes", "description"];
        await using var listening = await ListeningRun.StartAsync("--json", "--stop-after", "5");

        var counted = JsonSerializer.Deserialize<JsonElement>((await server.RunAsync(["rehearse", "--json", .. filter])).Output);
        (await server.RunAsync(["webhooks", "create", "same", listening.Url, "--start-at", "0", .. filter])).Code.ShouldBe(0);
        var sent = (await listening.EndAsync()).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        counted.GetProperty("matched").GetInt64().ShouldBe(5);
        sent.Length.ShouldBe(5);
        counted.GetProperty("next").GetInt64().ShouldBe(7);
        counted.GetProperty("types").GetProperty("Table").GetInt64().ShouldBe(5);
        counted.GetProperty("operations").GetProperty("ENTITY_CREATE").GetInt64().ShouldBe(5);
        counted.GetProperty("attributes").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task It_says_which_attributes_and_which_actors_make_the_noise()
    {
        await using var server = await RealServer.StartAsync(Local);
        await WebhooksCommandTests.SaveAsync(server, "one", "a", "b", "c", "d");
        await WebhooksCommandTests.SaveAsync(server, "two", "a", "b");

        var run = await server.RunAsync("rehearse");
        var since = await server.RunAsync("rehearse", "--since", "4", "--json");
        var ago = await server.RunAsync("rehearse", "--since", "1h", "--json");
        var actor = JsonSerializer.Deserialize<JsonElement>(since.Output).GetProperty("actors").EnumerateObject().ShouldHaveSingleItem();
        var without = await server.RunAsync("rehearse", "--exclude-actor", actor.Name, "--json");

        run.Output.ShouldStartWith("6 of 6 events  #1 to #6");
        run.Output.ShouldContain("           2  description");
        actor.Value.GetInt64().ShouldBe(2);
        JsonSerializer.Deserialize<JsonElement>(ago.Output).GetProperty("matched").GetInt64().ShouldBe(6);
        JsonSerializer.Deserialize<JsonElement>(without.Output).GetProperty("matched").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_place_that_is_none_is_refused()
    {
        await using var server = await RealServer.StartAsync();

        (await server.RunAsync("rehearse", "--since", "soon")).Code.ShouldBe(2);
        (await server.RunAsync("rehearse", "--since", "99")).Code.ShouldBe(3);
    }
}
