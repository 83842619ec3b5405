using System.Text.Json;
using System.Text.RegularExpressions;
using Cartulary.Scenarios.Docs;

namespace Cartulary.Scenarios.Webhooks;

/// <summary>What is measured of deliveries, and that the published dashboard shows what there is.</summary>
public sealed partial class WebhookMetricScenarios
{
    private static readonly string[] OnlyWhenItHappened = ["cartulary_log_tails_lost_total"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_metric_of_the_dashboard_is_there()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var receiver = new Receiver();
        await server.CreateAsync(receiver, "cloudevents");
        await server.SaveAsync("first", "orders");
        await receiver.WaitAsync(events => events.Count == 1, Token);
        var named = Dashboard().GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => Metric().Matches(target.GetProperty("expr").GetString()!).Select(match => match.Value))
            .Distinct(StringComparer.Ordinal).Except(OnlyWhenItHappened, StringComparer.Ordinal).ToList();

        var text = await MetricsAsync(server, text => named.TrueForAll(name => text.Contains($"\n{name}", StringComparison.Ordinal)));

        named.Count.ShouldBeGreaterThan(20);
        named.Where(name => !text.Contains($"\n{name}{{", StringComparison.Ordinal) && !text.Contains($"\n{name} ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failing_webhook_is_seen_by_its_id_and_only_so_many_are_named()
    {
        await using var server = await WebhookServer.StartAsync(new KeyValuePair<string, string>("Webhooks__MetricLabelsMax", "1"));
        await using var failing = new Receiver { Answer = static _ => 401 };
        var first = (await server.CreateAsync(failing, "cloudevents")).GetProperty("id").GetString()!;
        var second = (await server.CreateAsync(failing, "cloudevents")).GetProperty("id").GetString()!;
        await server.SaveAsync("first", "a", "b");
        var named = string.CompareOrdinal(first, second) < 0 ? first : second;

        var text = await MetricsAsync(server, text => Value(text, "cartulary_delivery_breaker_open", named) == "1" && Value(text, "cartulary_delivery_lag_events", named) == "2");

        text.ShouldContain("sink=\"webhook\"");
        text.ShouldNotContain(named == first ? second : first);
    }

    private static JsonElement Dashboard() =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Page.Root(), "docs", "reference", "grafana-dashboard.json")));

    private static async Task<string> MetricsAsync(WebhookServer server, Func<string, bool> isEnough)
    {
        var text = "";
        for (var look = 0; look < 600 && !isEnough(text); look++)
        {
            text = await server.MetricsAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(50), Token);
        }

        return text;
    }

    private static string? Value(string text, string name, string subscription) =>
        text.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(subscription, StringComparison.Ordinal))?.Split(' ')[1];

    [GeneratedRegex("cartulary_[a-z_]+")]
    private static partial Regex Metric();
}
