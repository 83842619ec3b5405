using System.Diagnostics;
using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

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
