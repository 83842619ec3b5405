using System.Text;
using System.Text.Json;

namespace Cartulary.Cli.Tests.Commands;

public sealed class WebhooksCommandTests
{
    private static readonly string[] Local = ["--Webhooks:AllowPrivateNetworks", "true"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_webhook_lives_from_its_making_to_its_removal()
    {
        await using var server = await RealServer.StartAsync(Local);
        await using var listening = await ListeningRun.StartAsync("--json");

        var made = await server.RunAsync("webhooks", "create", "orders", listening.Url, "--type", "Table", "View", "--exclude-actor", "a, b", "--ignore-attributes", "x");
        var secret = made.Output.Trim();
        var shown = Json(await server.RunAsync("webhooks", "show", "orders", "--json"));
        var tested = await server.RunAsync("webhooks", "test", "orders");
        var paused = await server.RunAsync("webhooks", "pause", "orders");
        var resumed = await server.RunAsync("webhooks", "resume", shown.GetProperty("id").GetString()!);
        var rotated = await server.RunAsync("webhooks", "rotate", "orders", "--overlap", "60");
        var listed = await server.RunAsync("webhooks", "list");
        var whole = await server.RunAsync("webhooks", "show", "orders");
        var kept = await server.RunAsync("webhooks", "delete", "orders");
        var removed = await server.RunAsync("webhooks", "delete", "orders", "--yes");
        var missing = await server.RunAsync("webhooks", "show", "orders");

        made.Code.ShouldBe(0, made.Error);
        secret.ShouldStartWith("whsec_");
        made.Error.ShouldContain("not shown again");
        shown.GetProperty("exclude").GetProperty("actors")[0].GetString().ShouldBe("a, b");
        shown.GetProperty("typeNames").GetArrayLength().ShouldBe(2);
        tested.Code.ShouldBe(0, tested.Error);
        tested.Output.ShouldContain("taken with status 200");
        paused.Output.ShouldContain("PAUSED");
        resumed.Output.ShouldContain("ACTIVE");
        rotated.Output.Trim().ShouldStartWith("whsec_");
        rotated.Output.Trim().ShouldNotBe(secret);
        listed.Output.ShouldContain("up to date");
        whole.Output.ShouldContain("until ");
        (listed.Output + whole.Output + shown).ShouldNotContain(secret);
        kept.Code.ShouldBe(2);
        removed.Code.ShouldBe(0, removed.Error);
        missing.Code.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_given_up_is_listed_and_sent_again_and_so_is_what_is_replayed()
    {
        await using var server = await RealServer.StartAsync(Local);
        await using (var gone = await ListeningRun.StartAsync("--fail", "410"))
        {
            (await server.RunAsync("webhooks", "create", "orders", gone.Url)).Code.ShouldBe(0);
            await SaveAsync(server, "one");
            while (!(await server.RunAsync("webhooks", "list")).Output.Contains("DISABLED", StringComparison.Ordinal))
            {
                await Task.Delay(20, Token);
            }
        }

        var attempts = await server.RunAsync("webhooks", "attempts", "orders");
        var notices = await server.RunAsync("webhooks", "notices");
        var notice = Json(await server.RunAsync("webhooks", "notices", "orders", "--json"));
        var later = await server.RunAsync("webhooks", "notices", "orders", "--after", notice.GetProperty("id").ToString());
        var unknown = await server.RunAsync("webhooks", "notices", "customers");
        var letters = await server.RunAsync("webhooks", "dead-letters", "orders", "--json");
        var redriven = await server.RunAsync("webhooks", "redrive", "orders", "--all");
        var unclear = await server.RunAsync("webhooks", "redrive", "orders");
        var back = await server.RunAsync("webhooks", "replay", "orders", "--since", "0");
        var ago = await server.RunAsync("webhooks", "replay", "orders", "--since", "1h");
        var nowhere = await server.RunAsync("webhooks", "replay", "orders", "--since", "yesterday evening");

        attempts.Output.ShouldContain("#1  attempt 1  status 410");
        notices.Output.ShouldContain("orders  is disabled until somebody resumes it  GONE: the receiver answered 410");
        notice.GetProperty("type").GetString().ShouldBe("webhook.disabled");
        later.Output.ShouldBeEmpty();
        unknown.Code.ShouldBe(1);
        letters.Output.ShouldBeEmpty();
        redriven.Output.Trim().ShouldBe("0 sent again");
        unclear.Code.ShouldBe(2);
        back.Code.ShouldBe(0, back.Error);
        ago.Code.ShouldBe(0, ago.Error);
        nowhere.Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_name_that_two_webhooks_have_is_refused_with_their_ids()
    {
        await using var server = await RealServer.StartAsync(Local);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            (await server.RunAsync("webhooks", "create", "twin", "http://127.0.0.1:9/")).Code.ShouldBe(0);
        }

        var run = await server.RunAsync("webhooks", "pause", "twin");

        run.Code.ShouldBe(2);
        run.Error.ShouldContain(" or ");
    }

    [Fact]
    public async Task Secret_and_headers_come_from_files()
    {
        await using var server = await RealServer.StartAsync(Local);
        var secret = "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));
        var (secrets, headers) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(secrets, secret + "\n", Token);
        await File.WriteAllTextAsync(headers, "X-Token: of mine\n", Token);
        await using var listening = await ListeningRun.StartAsync("--secret-file", secrets, "--stop-after", "1", "--json");

        (await server.RunAsync("webhooks", "create", "orders", listening.Url, "--secret-file", secrets, "--headers-file", headers)).Code.ShouldBe(0);
        await SaveAsync(server, "one");
        var heard = await listening.EndAsync();

        Json(heard).GetProperty("verified").GetBoolean().ShouldBeTrue();
        Json(await server.RunAsync("webhooks", "show", "orders", "--json")).GetProperty("headers").GetProperty("X-Token").GetString().ShouldBe("***");
        File.Delete(secrets);
        File.Delete(headers);
    }

    internal static async Task SaveAsync(RealServer server, string description, params string[] names)
    {
        var assets = names.DefaultIfEmpty("orders").Select(name =>
            $$"""{"typeName":"Table","attributes":{"qualifiedName":"cli/{{name}}","name":"{{name}}","description":"{{description}}"} }""");
        await server.Client.SaveAsync(Encoding.UTF8.GetBytes($$"""{"entities":[{{string.Join(',', assets)}}]}"""), default, Token);
    }

    private static JsonElement Json(Run run) => JsonSerializer.Deserialize<JsonElement>(run.Output);
}
