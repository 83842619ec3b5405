using System.Collections.Concurrent;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>A backup is taken while others save, is whole or not there, and comes back as a catalog with a log of its own.</summary>
[Collection(FaultsCollection.Name)]
public sealed class BackupTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-backup-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.FullName, "data");

    private string File => Path.Combine(_folder.FullName, "backup.db");

    private string Restored => Path.Combine(_folder.FullName, "restored");

    [Fact]
    public async Task A_backup_under_load_holds_every_save_that_was_acknowledged_before_it()
    {
        await using var server = await ServerProcess.StartAsync(Data, Token);
        using var writing = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var acknowledged = new ConcurrentQueue<string>();
        var writers = Task.WhenAll(Enumerable.Range(0, 4).Select(number => WriteAsync(server, number, acknowledged, writing.Token)));
        await UntilAsync(() => acknowledged.Count > 200);

        var before = acknowledged.ToArray();
        await SucceedAsync("backup", "--data", Data, "--to", File);
        var after = acknowledged.Count;

        await writing.CancelAsync();
        await writers;
        after.ShouldBeGreaterThan(before.Length, "saves went on meanwhile");
        await SucceedAsync("restore", File, "--data", Restored);
        await SucceedAsync("verify", "--data", Restored);
        await using var second = await ServerProcess.StartAsync(Restored, Token);
        using var client = CatalogHttp.ClientFor(second.Address);
        foreach (var name in before)
        {
            (await ReadAsync(client, name)).Status.ShouldBe(200, name);
        }
    }

    [Fact]
    public async Task A_restored_log_refuses_positions_of_the_old_one_and_its_keys_still_open_the_catalog()
    {
        string log;
        await using (var server = await ServerProcess.StartAsync(Data, Token))
        {
            await CatalogLoad.PrepareAsync(server, Token);
            log = (await FeedAsync(server, "")).Success().GetProperty("log").GetString()!;
            await SucceedAsync("backup", "--data", Data, "--to", File);
        }

        await SucceedAsync("restore", File, "--data", Restored);

        await using var second = await ServerProcess.StartAsync(Restored, Token);
        var old = await FeedAsync(second, $"?log={log}&after=1");
        old.Status.ShouldBe(409);
        old.Body.GetProperty("errorCode").GetString().ShouldBe("CARTULARY-409-00-001");
        var fresh = (await FeedAsync(second, "")).Success();
        fresh.GetProperty("log").GetString().ShouldNotBe(log);
        fresh.GetProperty("head").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_that_holds_a_catalog_is_replaced_only_when_told_and_never_under_a_server()
    {
        await using (var server = await ServerProcess.StartAsync(Data, Token))
        {
            await SucceedAsync("backup", "--data", Data, "--to", File, "--quick");
            await CatalogLoad.PrepareAsync(server, Token);

            (await CartularyProgram.RunAsync(["restore", File, "--data", Data], Token)).Output.ShouldContain("--replace");
            (await CartularyProgram.RunAsync(["restore", File, "--data", Data, "--replace"], Token)).Output.ShouldContain("in use");
            (await FeedAsync(server, "")).Success().GetProperty("head").GetInt64().ShouldBe(1);
        }

        await SucceedAsync("restore", File, "--data", Data, "--replace");

        await using var second = await ServerProcess.StartAsync(Data, Token);
        (await FeedAsync(second, "")).Success().GetProperty("head").GetInt64().ShouldBe(0);
        System.IO.File.Exists(Path.Combine(Data, "catalog.db.replaced")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_backup_that_is_killed_leaves_the_catalog_whole_and_no_file_under_its_name()
    {
        await using var server = await ServerProcess.StartAsync(Data, Token);
        await CatalogLoad.PrepareAsync(server, Token);
        using (var backup = CartularyProgram.Start(["backup", "--data", Data, "--to", File], ServerProcess.Key))
        {
            await UntilAsync(() => Directory.Exists(File + ".partial") || backup.HasExited);
            backup.Kill();
            await backup.WaitForExitAsync(Token);
            backup.ExitCode.ShouldNotBe(0, "it was killed before it was done");
        }

        System.IO.File.Exists(File).ShouldBeFalse();
        await CatalogLoad.PrepareAsync(server, Token);
        await SucceedAsync("backup", "--data", Data, "--to", File);
        Directory.Exists(File + ".partial").ShouldBeFalse();
        (await server.StopAsync(Token)).ShouldBe(0, server.Output);
        await SucceedAsync("verify", "--data", Data);
    }

    [Fact]
    public async Task What_is_no_backup_is_refused_and_leaves_nothing()
    {
        await System.IO.File.WriteAllTextAsync(File, "this is no catalog, whatever its name says", Token);

        var (exitCode, said) = await CartularyProgram.RunAsync(["restore", File, "--data", Restored], Token);

        exitCode.ShouldBe(3, said);
        said.ShouldNotContain("   at ", Case.Sensitive, "a stack trace helps nobody here");
        Directory.EnumerateFileSystemEntries(Restored).Where(entry => !entry.EndsWith(".lock", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task WriteAsync(ServerProcess server, int number, ConcurrentQueue<string> acknowledged, CancellationToken cancellationToken)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            var name = $"backup/{number}/{i}";
            var body = $$$"""{"entities":[{"typeName":"Connection","attributes":{"name":"c","qualifiedName":"{{{name}}}"}}]}""";
            (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", body, [], Token)).Success();
            acknowledged.Enqueue(name);
        }
    }

    private static Task<HttpReply> ReadAsync(HttpClient client, string name) => CatalogHttp.SendAsync(
        client, HttpMethod.Get, $"/api/meta/entity/uniqueAttribute/type/Connection?attr:qualifiedName={Uri.EscapeDataString(name)}", null, [], Token);

    private static async Task<HttpReply> FeedAsync(ServerProcess server, string query)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        return await CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/events" + query, null, [], Token);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), Token);
        }
    }

    private async Task SucceedAsync(params string[] arguments)
    {
        var (exitCode, said) = await CartularyProgram.RunAsync(arguments, Token);
        output.WriteLine(said);
        exitCode.ShouldBe(0, said);
    }
}
