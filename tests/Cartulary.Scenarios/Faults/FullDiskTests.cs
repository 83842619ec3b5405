using System.Diagnostics;
using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Scenarios.Webhooks;

namespace Cartulary.Scenarios.Faults;

/// <summary>When there is no room left, saves are refused whole and reads go on; when there is room again, so do saves.</summary>
[Collection(FaultsCollection.Name)]
public sealed class FullDiskTests
{
    private const string Filled = "filler";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_refuses_saves_whole_until_there_is_room_again()
    {
        var folder = Directory.CreateTempSubdirectory("cartulary-full-");
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder.FullName), "a small file system cannot be mounted here");
        try
        {
            await using var server = await ServerProcess.StartAsync(Path.Combine(folder.FullName, "data"), Token);
            using var client = CatalogHttp.ClientFor(server.Address);
            await FillAsync(Path.Combine(folder.FullName, Filled), leaving: 256 * 1024);

            var (accepted, refusal) = await SaveUntilRefusedAsync(client, server);

            (refusal.Status, refusal.Body.GetProperty("errorCode").GetString()).ShouldBe((507, "CARTULARY-507-00-001"));
            (await FeedAsync(client)).GetProperty("head").GetInt64().ShouldBe(accepted);
            File.Delete(Path.Combine(folder.FullName, Filled));
            (await SaveAsync(client, accepted + 1)).Success();
            (await FeedAsync(client)).GetProperty("head").GetInt64().ShouldBe(accepted + 1);
            (await server.StopAsync(Token)).ShouldBe(0, server.Output);
            var (code, output) = await CartularyProgram.RunAsync(["verify", "--data", Path.Combine(folder.FullName, "data")], Token);
            code.ShouldBe(0, output);
        }
        finally
        {
            await RunAsync("umount", folder.FullName);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_full_disk_stops_deliveries_before_too_much_is_not_stored_until_there_is_room_again()
    {
        const int Events = 10_000;
        var folder = Directory.CreateTempSubdirectory("cartulary-full-");
        Assert.SkipUnless(await RunAsync("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder.FullName), "a small file system cannot be mounted here");
        try
        {
            var filler = Path.Combine(folder.FullName, Filled);
            await using var server = await ServerProcess.StartAsync(
                Path.Combine(folder.FullName, "data"), Token, new KeyValuePair<string, string>("Webhooks__AllowPrivateNetworks", "true"));
            using var client = CatalogHttp.ClientFor(server.Address);
            using var open = new ManualResetEventSlim();
            await using var receiver = new Receiver
            {
                Answer = _ =>
                {
                    open.Wait(Token);
                    return 204;
                },
            };
            var webhook = $$"""{"name":"hook","url":"{{receiver.Url}}","format":"cloudevents"}""";
            var id = (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/webhooks", webhook, [], Token)).Success().GetProperty("id").GetString();
            await SaveManyAsync(client, Events);
            await FillWhollyAsync(filler);

            open.Set();
            await UntilAsync(async () => (await CatalogHttp.SendAsync(client, HttpMethod.Get, "/health/ready", null, [], Token)).Status == 503);
            var unready = await CatalogHttp.SendAsync(client, HttpMethod.Get, "/health/ready", null, [], Token);
            unready.Body.GetProperty("errorMessage").GetString().ShouldBe("there is no room left to store what is delivered");
            await UntilAsync(async () =>
            {
                var before = receiver.Events.Count;
                await Task.Delay(TimeSpan.FromMilliseconds(500), Token);
                return receiver.Events.Count == before;
            });
            var stored = (await CatalogHttp.SendAsync(client, HttpMethod.Get, $"/api/webhooks/{id}", null, [], Token)).Success().GetProperty("position").GetInt64();

            (receiver.Events.Count - stored).ShouldBeInRange(1, 1_024);
            receiver.Events.Count.ShouldBeLessThan(Events);
            File.Delete(filler);
            (await receiver.WaitAsync(static events => events.Count == Events, Token)).Select(message => message.Sequence).ShouldBeUnique("nothing comes twice");
            await UntilAsync(async () => (await CatalogHttp.SendAsync(client, HttpMethod.Get, "/health/ready", null, [], Token)).Status == 200);
        }
        finally
        {
            await RunAsync("umount", folder.FullName);
            folder.Delete(recursive: true);
        }
    }

    private static async Task SaveManyAsync(HttpClient client, int events)
    {
        for (var first = 0; first < events; first += 500)
        {
            var entities = Enumerable.Range(first, 500).Select(number => $$"""{"typeName":"Table","attributes":{"qualifiedName":"t{{number}}","name":"t"} }""");
            (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", $$"""{"entities":[{{string.Join(',', entities)}}]}""", [], Token)).Success();
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), Token);
        }
    }

    /// <summary>Leaves no room at all, whatever else grows meanwhile.</summary>
    private static async Task FillWhollyAsync(string file)
    {
        await using var filler = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true)
            {
                await filler.WriteAsync(new byte[4_096], Token);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    private static async Task FillAsync(string file, long leaving)
    {
        var free = new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace;
        await File.WriteAllBytesAsync(file, new byte[free - leaving], Token);
    }

    private static async Task<(long Accepted, HttpReply Refusal)> SaveUntilRefusedAsync(HttpClient client, ServerProcess server)
    {
        for (var number = 1; number < 1_000; number++)
        {
            var reply = await SaveAsync(client, number);
            if (reply.Status != 200)
            {
                return (number - 1, reply);
            }
        }

        throw new InvalidOperationException($"the disk never became full:\n{server.Output}");
    }

    private static Task<HttpReply> SaveAsync(HttpClient client, long number) => CatalogHttp.SendAsync(
        client,
        HttpMethod.Post,
        "/api/meta/entity/bulk",
        $$$"""{"entities":[{"typeName":"Table","attributes":{"qualifiedName":"t{{{number}}}","name":"t","description":"{{{new string('x', 20_000)}}}"}}]}""",
        [],
        Token);

    private static async Task<JsonElement> FeedAsync(HttpClient client) =>
        (await CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/events?limit=1", null, [], Token)).Success();

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(Token);
        return process.ExitCode == 0;
    }
}
