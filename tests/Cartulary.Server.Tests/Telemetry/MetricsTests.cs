using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Cartulary.Server.Tests.Hosting;
using Cartulary.Testing;

namespace Cartulary.Server.Tests.Telemetry;

/// <summary>What <c>/metrics</c> shows, to whom, and that its page lists it.</summary>
public sealed partial class MetricsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_of_metrics_lists_every_instrument_and_no_other()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Connection);
        await host.GetAsync("/api/meta/entity/guid/none");
        var declared = new SortedSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("Cartulary.", StringComparison.Ordinal))
            {
                declared.Add(Shown(instrument));
            }
        };
        listener.Start();

        var listed = Row().Matches(GeneratedFile.Read("docs/reference/metrics.md")).Select(row => row.Groups["name"].Value).ToList();

        listed.ShouldBe(declared, ignoreOrder: true);
        Names(await host.Client.GetStringAsync("/metrics", Token)).Where(name => name.StartsWith("cartulary_", StringComparison.Ordinal)).ShouldBeSubsetOf(listed);
    }

    [Fact]
    public async Task A_save_a_refusal_and_the_runtime_are_seen()
    {
        await using var host = await Host.StartAsync();
        await host.SaveAsync(Connection);
        await host.SaveAsync(Connection);
        (await host.GetAsync("/api/meta/entity/guid/none")).Status.ShouldBe(404);

        var text = await host.Client.GetStringAsync("/metrics", Token);

        ValueOf(text, "cartulary_saves_total", "outcome=\"committed\"").ShouldBeGreaterThan(0);
        ValueOf(text, "cartulary_saves_total", "outcome=\"unchanged\"").ShouldBeGreaterThan(0);
        ValueOf(text, "cartulary_refusals_total", "code=\"ATLAS-404-00-005\"").ShouldBeGreaterThan(0);
        ValueOf(text, "cartulary_events_committed_total", "").ShouldBeGreaterThan(0);
        ValueOf(text, "cartulary_commit_duration_seconds_count", "").ShouldBeGreaterThan(0);
        ValueOf(text, "http_server_request_duration_seconds_count", "http_route=\"/api/meta/entity/bulk\"").ShouldBeGreaterThan(0);
        Names(text).ShouldContain("dotnet_process_memory_working_set_bytes");
        Names(text).ShouldContain("kestrel_active_connections");
    }

    [Fact]
    public async Task Metrics_are_open_on_this_machine_unless_a_key_is_asked_for()
    {
        await using var open = await Host.StartAsync();
        await using var closed = await Host.StartAsync("--Telemetry:MetricsNeedKey=true");
        await using var off = await Host.StartAsync("--Telemetry:Metrics=false");

        (await open.Anonymous.GetAsync("/metrics", Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await closed.Anonymous.GetAsync("/metrics", Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        (await closed.Client.GetAsync("/metrics", Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await off.Client.GetAsync("/metrics", Token)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private const string Connection = """{"typeName":"Connection","attributes":{"name":"c","qualifiedName":"metrics"}}""";

    /// <summary>The name as Prometheus sees it.</summary>
    private static string Shown(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        var isCounter = instrument.GetType().Name.StartsWith("Counter", StringComparison.Ordinal)
            || instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal);
        return isCounter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static List<string> Names(string metrics) => [.. Type().Matches(metrics).Select(match => match.Groups["name"].Value)];

    private static double ValueOf(string metrics, string name, string label) =>
        metrics.Split('\n').Where(line => (line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))
                && line.Contains(label, StringComparison.Ordinal))
            .Select(line => double.Parse(line.Split("} ")[^1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Sum();

    [GeneratedRegex(@"^\| `(?<name>cartulary_\w+)`", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^# TYPE (?<name>\w+) ", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Type();
}
