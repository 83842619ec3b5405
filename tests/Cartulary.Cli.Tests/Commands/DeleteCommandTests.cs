using System.Text.Json;

namespace Cartulary.Cli.Tests.Commands;

public sealed class DeleteCommandTests
{
    private const string Connection = "default/cli/1";

    [Fact]
    public async Task A_connection_is_archived_and_then_purged()
    {
        await using var server = await RealServer.StartAsync();
        await SaveAsync(server);

        var archived = await server.RunAsync("delete", "--connection", Connection, "--yes");
        var again = await server.RunAsync("delete", "--connection", Connection, "--yes");
        var purged = await server.RunAsync("delete", "--connection", Connection, "--purge", "--yes", "--json");
        var gone = await server.RunAsync("delete", "--connection", Connection, "--purge", "--yes");

        archived.Code.ShouldBe(0, archived.Error);
        archived.Output.Trim().ShouldBe("2 assets archived");
        again.Code.ShouldBe(0, again.Error);
        again.Output.Trim().ShouldBe("0 assets archived");
        var job = JsonSerializer.Deserialize<JsonElement>(purged.Output);
        (job.GetProperty("status").GetString(), job.GetProperty("done").GetInt64()).ShouldBe(("DONE", 2));
        gone.Code.ShouldBe(1);
        gone.Error.ShouldContain("does not exist");
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_deleted_without_being_told_to()
    {
        await using var server = await RealServer.StartAsync();
        await SaveAsync(server);

        var run = await server.RunAsync("delete", "--connection", Connection);

        run.Code.ShouldBe(2);
        run.Error.ShouldContain("--yes");
        (await server.RunAsync("get", "--type", "Table", "--qualified-name", Connection + "/t")).Output.ShouldContain("ACTIVE");
    }

    private static async Task SaveAsync(RealServer server)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            $$"""
            {"entities":[{"typeName":"Connection","attributes":{"name":"cli","qualifiedName":"{{Connection}}"}},
              {"typeName":"Table","attributes":{"name":"t","qualifiedName":"{{Connection}}/t"}}]}
            """,
            TestContext.Current.CancellationToken);
        var run = await server.RunAsync("save", file);
        File.Delete(file);
        run.Code.ShouldBe(0, run.Error);
    }
}
