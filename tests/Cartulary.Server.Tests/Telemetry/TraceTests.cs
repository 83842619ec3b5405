using System.Collections.Concurrent;
using System.Diagnostics;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Telemetry;

/// <summary>The spans of a request, in the trace that its client began.</summary>
public sealed class TraceTests
{
    [Fact]
    public async Task A_save_has_spans_for_planning_and_commit_in_the_trace_of_its_client()
    {
        var trace = ActivityTraceId.CreateRandom();
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Cartulary" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using (var host = await Host.StartAsync())
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/meta/entity/bulk")
            {
                Content = new StringContent("""{"entities":[{"typeName":"Connection","attributes":{"name":"c","qualifiedName":"traced"}}]}""", null, "application/json"),
            };
            request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
            (await host.SendAsync(request)).Status.ShouldBe(200);
        }

        var ours = spans.Where(span => span.TraceId == trace).ToList();
        var whole = ours.Single(span => span.Source.Name == "Microsoft.AspNetCore");
        whole.ParentSpanId.ToHexString().ShouldBe("00f067aa0ba902b7");
        ours.Single(span => span.OperationName == "plan").ParentSpanId.ShouldBe(whole.SpanId);
        ours.Single(span => span.OperationName == "commit").ParentSpanId.ShouldBe(whole.SpanId);
        ours.Single(span => span.OperationName == "plan").GetTagItem("cartulary.plan.outcome").ShouldBe("planned");
    }
}
