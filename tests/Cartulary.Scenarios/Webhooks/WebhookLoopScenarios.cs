using System.Globalization;
using System.Text.Json.Nodes;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>A receiver that answers each event with a save that tells the next one, and says so, is stopped, and goes on when somebody resumes it.</summary>
public sealed class WebhookLoopScenarios
{
    private static readonly KeyValuePair<string, string> Depth = new("Webhooks__LoopDepth", "5");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_whose_events_follow_from_each_other_is_paused_and_passes_that_event_when_it_is_resumed()
    {
        await using var server = await WebhookServer.StartAsync(Depth);
        await using var receiver = new Receiver();
        var id = (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString();
        await server.SaveAsync("0", "orders");
        for (var heard = 1; heard <= 5; heard++)
        {
            var cause = (await receiver.WaitAsync(events => events.Count == heard, Token))[^1].Sequence;
            await server.SaveAsync($"{heard}", [Cause(cause)], "orders");
        }

        // Who resumes before the place is stored gets messages again.
        while ((await server.AskAsync(HttpMethod.Get, $"/{id}")).Success() is var shown
            && (shown.GetProperty("status").GetString() != "PAUSED" || shown.GetProperty("position").GetInt64() < 5))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }

        (await server.AskAsync(HttpMethod.Get, $"/{id}")).Success().GetProperty("statusReason").GetString().ShouldBe("LOOP");
        receiver.Events.Select(message => message.Sequence).ShouldBe([1, 2, 3, 4, 5]);
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "ACTIVE" })).Success();
        (await receiver.WaitAsync(events => events.Count == 6, Token))[^1].Sequence.ShouldBe(6);
    }

    [Fact]
    public async Task Saves_that_name_no_cause_or_none_that_can_be_are_no_loop()
    {
        await using var server = await WebhookServer.StartAsync(Depth);
        await using var receiver = new Receiver();
        await server.CreateAsync(receiver, "cloudevents");
        for (var save = 0; save < 8; save++)
        {
            await server.SaveAsync($"{save}", save % 2 == 0 ? [] : [Cause(1_000)], "orders");
        }

        (await receiver.WaitAsync(events => events.Count == 8, Token)).Count.ShouldBe(8);
    }

    [Fact]
    public async Task What_a_receiver_saves_itself_can_be_kept_from_it()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        await server.CreateAsync(
            receiver, "cloudevents", ("exclude", new JsonObject { ["headers"] = new JsonObject { ["X-Cartulary-Origin"] = new JsonArray("mirror") } }));
        await server.SaveAsync("own", [new("x-cartulary-origin", "mirror")], "a");
        await server.SaveAsync("of another", [new("x-cartulary-origin", "other")], "b");

        (await receiver.WaitAsync(events => events.Count == 1, Token)).ShouldHaveSingleItem().Sequence.ShouldBe(2);
    }

    private static KeyValuePair<string, string> Cause(long sequence) => new("X-Cartulary-Cause", sequence.ToString(CultureInfo.InvariantCulture));
}
