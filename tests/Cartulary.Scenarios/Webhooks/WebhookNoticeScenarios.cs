using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>Who looks after webhooks is told of what went wrong, and sees how far behind each is.</summary>
public sealed class WebhookNoticeScenarios
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_goes_wrong_with_webhooks_is_told_in_order_and_read_on_by_a_cursor()
    {
        await using var server = await WebhookServer.StartAsync(
            new("Webhooks__NoticeAfterMinutes", "0"), new("Webhooks__RetrySeconds", "0,0"));
        await using var refusing = new Receiver { Answer = static message => message.IsEvent && message.Sequence == 2 ? 422 : 204 };
        await using var gone = new Receiver { Answer = static _ => 410 };
        await using var failing = new Receiver { Answer = static _ => 503 };
        var refused = await IdAsync(server, refusing);
        var disabled = await IdAsync(server, gone);
        var failed = await IdAsync(server, failing);
        await server.SaveAsync("first", "a", "b", "c");

        await UntilAsync(server, "", notices => notices.Count == 3);
        (await server.CallAsync(HttpMethod.Get, "/health/ready")).Status.ShouldBe(200, "receivers that fail do not make a server unready");
        failing.Answer = static _ => 204;
        var all = await UntilAsync(server, "", notices => notices.Count == 4);

        Of(all, refused).ShouldBe([("webhook.dead_letter", 2, 1)]);
        Of(all, disabled).ShouldBe([("webhook.disabled", null, null)]);
        Of(all, failed).ShouldBe([("webhook.failing", null, null), ("webhook.recovered", null, null)]);
        all.Find(notice => Text(notice, "webhook") == refused).GetProperty("reason").GetString().ShouldBe("the receiver answered 422");
        var (read, next) = (new List<long>(), 0L);
        for (var page = await AskAsync(server, "?limit=1"); page.GetProperty("notices").GetArrayLength() > 0; page = await AskAsync(server, $"?limit=1&after={next}"))
        {
            read.Add(page.GetProperty("notices")[0].GetProperty("id").GetInt64());
            next = page.GetProperty("next").GetInt64();
        }

        read.ShouldBe(all.Select(notice => notice.GetProperty("id").GetInt64()));
        (await UntilAsync(server, $"?webhook={failed}", static notices => notices.Count == 2)).ShouldAllBe(notice => Text(notice, "webhook") == failed);
        (await server.FeedAsync()).Count.ShouldBe(3, "notices are no events");
        (await server.AskAsync(HttpMethod.Get, "/notices?webhook=none")).Status.ShouldBe(404);
        var wrong = await server.AskAsync(HttpMethod.Get, "/notices?after=x&limit=0");
        (wrong.Status, wrong.Body.GetProperty("problems").GetArrayLength()).ShouldBe((400, 2));
    }

    [Fact]
    public async Task How_long_a_webhook_has_been_behind_is_told_and_measured_also_while_it_is_paused()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        var id = await IdAsync(server, receiver);
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "PAUSED", ["events"] = new JsonArray("ENTITY_UPDATE") })).Success();
        await server.SaveAsync("first", "a");
        (await ShownAsync(server, id)).GetProperty("lagSeconds").GetDouble().ShouldBe(0, "no event is for it");
        await server.SaveAsync("second", "a");
        await server.SaveAsync("third", "a");
        var saved = DateTimeOffset.FromUnixTimeMilliseconds((await server.FeedAsync())[2].GetProperty("message").GetProperty("eventTime").GetInt64());

        var measured = 0.0;
        while (measured == 0)
        {
            measured = Measured(await server.MetricsAsync(), id);
        }

        var shown = (await ShownAsync(server, id)).GetProperty("lagSeconds").GetDouble();
        var atMost = (DateTimeOffset.UtcNow - saved).TotalSeconds;
        shown.ShouldBeInRange(0.001, atMost);
        measured.ShouldBeInRange(0.001, atMost);
        (await server.AskAsync(HttpMethod.Get, "")).Success().GetProperty("webhooks")[0].GetProperty("lagSeconds").GetDouble().ShouldBeGreaterThanOrEqualTo(shown);
        (await server.AskAsync(HttpMethod.Patch, $"/{id}", new JsonObject { ["status"] = "ACTIVE" })).Success();
        (await receiver.WaitAsync(static events => events.Count == 2, Token)).Select(message => message.Sequence).ShouldBe([2, 3]);
        while ((await ShownAsync(server, id)).GetProperty("lagSeconds").GetDouble() > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }

    private static async Task<string> IdAsync(WebhookServer server, Receiver receiver) =>
        (await server.CreateAsync(receiver, "cloudevents")).GetProperty("id").GetString()!;

    private static async Task<JsonElement> ShownAsync(WebhookServer server, string id) => (await server.AskAsync(HttpMethod.Get, $"/{id}")).Success();

    private static async Task<JsonElement> AskAsync(WebhookServer server, string query) => (await server.AskAsync(HttpMethod.Get, $"/notices{query}")).Success();

    private static async Task<List<JsonElement>> UntilAsync(WebhookServer server, string query, Func<List<JsonElement>, bool> isEnough)
    {
        while (true)
        {
            List<JsonElement> notices = [.. (await AskAsync(server, query)).GetProperty("notices").EnumerateArray()];
            if (isEnough(notices))
            {
                return notices;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }

    private static List<(string Type, long? Sequence, long? Count)> Of(List<JsonElement> notices, string webhook) =>
    [
        .. notices.Where(notice => Text(notice, "webhook") == webhook).Select(notice => (Text(notice, "type"), Number(notice, "sequence"), Number(notice, "count"))),
    ];

    private static string Text(JsonElement notice, string name) => notice.GetProperty(name).GetString()!;

    private static long? Number(JsonElement notice, string name) => notice.TryGetProperty(name, out var number) ? number.GetInt64() : null;

    private static double Measured(string metrics, string id) => double.Parse(
        metrics.Split('\n').FirstOrDefault(line => line.StartsWith("cartulary_delivery_lag_seconds", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal))?.Split(' ')[1] ?? "0",
        System.Globalization.CultureInfo.InvariantCulture);
}
