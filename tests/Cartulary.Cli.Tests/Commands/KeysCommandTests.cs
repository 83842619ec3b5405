using System.Text.Json;

namespace Cartulary.Cli.Tests.Commands;

public sealed class KeysCommandTests
{
    [Fact]
    public async Task A_key_is_made_listed_used_and_revoked()
    {
        await using var server = await RealServer.StartAsync();

        var made = await server.RunAsync("keys", "create", "crawler \"1\"", "--role", "editor");
        var listed = await server.RunAsync("keys", "list", "--json");
        var crawler = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .Single(key => key.GetProperty("name").GetString() == "crawler \"1\"");
        var used = await UseAsync(server, made.Output);
        var revoked = await server.RunAsync("keys", "revoke", crawler.GetProperty("id").GetString()!);
        var afterwards = await server.RunAsync("keys", "list");

        made.Code.ShouldBe(0, made.Error);
        made.Output.Trim().ShouldStartWith("ctl_");
        listed.Output.ShouldNotContain(made.Output.Trim());
        used.Code.ShouldBe(0, used.Error);
        revoked.Code.ShouldBe(0, revoked.Error);
        var refused = await UseAsync(server, made.Output);
        refused.Code.ShouldBe(4);
        refused.Error.ShouldContain("Set CARTULARY_API_KEY or give --api-key-file");
        afterwards.Output.Split('\n').Single(line => line.Contains("crawler", StringComparison.Ordinal)).ShouldContain("revoked 2");
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_revoked()
    {
        await using var server = await RealServer.StartAsync();
        var id = JsonSerializer.Deserialize<JsonElement>((await server.RunAsync("keys", "list", "--json")).Output).GetProperty("id").GetString()!;

        var run = await server.RunAsync("keys", "revoke", id);

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("CARTULARY-409-00-002");
    }

    [Fact]
    public async Task A_key_without_a_role_or_with_another_is_not_made()
    {
        (await Run.OfAsync(["keys", "create", "a"], TestContext.Current.CancellationToken)).Code.ShouldBe(2);
        (await Run.OfAsync(["keys", "create", "a", "--role", "owner"], TestContext.Current.CancellationToken)).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_is_no_administrator_is_told_so()
    {
        await using var server = await RealServer.StartAsync("--CARTULARY_READ_ONLY_API_KEY", "looker");

        var run = await UseAsync(server, "looker", "keys", "list");

        run.Code.ShouldBe(4);
        run.Error.ShouldContain("ATLAS-403-00-001");
        run.Error.ShouldContain("its role does not reach so far");
        run.Error.ShouldNotContain("CARTULARY_API_KEY");
    }

    private static Task<Run> UseAsync(RealServer server, string key) => UseAsync(server, key, "events", "list");

    private static async Task<Run> UseAsync(RealServer server, string key, params string[] command)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, key, TestContext.Current.CancellationToken);
        try
        {
            return await server.RunAsync([.. command, "--api-key-file", file]);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
