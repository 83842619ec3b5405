using System.Diagnostics;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>A server that is asked to stop finishes what it has begun.</summary>
[Collection(FaultsCollection.Name)]
public sealed class GracefulStopTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-stop-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_under_load_loses_nothing_and_leaves_no_request_half_answered()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var load = new CatalogLoad(seed);
        await using (var server = await ServerProcess.StartAsync(_folder.FullName, Token))
        {
            await CatalogLoad.PrepareAsync(server, Token);
            var running = load.RunAsync(server, Token);
            await load.UntilAcknowledgedAsync(40, Token);

            (await server.StopAsync(Token)).ShouldBe(0, server.Output);

            await running;
            server.Output.ShouldNotContain("fail:");
            server.Output.ShouldNotContain("warn:");
        }

        await using var next = await ServerProcess.StartAsync(_folder.FullName, Token);
        await load.CheckAsync(next, Token);
        output.WriteLine($"{load.Counts}");
        load.Counts.Acknowledged.ShouldBeGreaterThan(0);
        load.UnansweredAndTold.ShouldBeEmpty("what took effect was answered");
    }

    [Fact]
    public async Task A_reader_that_waits_is_answered_and_does_not_hold_up_a_stop()
    {
        await using var server = await ServerProcess.StartAsync(_folder.FullName, Token);
        using var client = CatalogHttp.ClientFor(server.Address);
        var waiting = CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/events?wait=60", null, [], Token);
        await Task.Delay(TimeSpan.FromMilliseconds(300), Token);
        var started = Stopwatch.GetTimestamp();

        (await server.StopAsync(Token)).ShouldBe(0, server.Output);

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await waiting).Success().GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
