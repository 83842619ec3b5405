using System.Text.Json;

namespace Cartulary.Cli.Tests.Commands;

public sealed class ListenCommandTests
{
    private static readonly string[] Local = ["--Webhooks:AllowPrivateNetworks", "true"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("atlan")]
    [InlineData("cloudevents")]
    public async Task Events_are_checked_and_shown(string format)
    {
        await using var server = await RealServer.StartAsync(Local);
        await using var secret = await ListeningRun.StartAsync();
        var given = (await server.RunAsync("webhooks", "create", "first", secret.Url, "--format", format)).Output.Trim();
        await using var listening = await ListeningRun.StartAsync("--secret", "whsec_another", "--secret", given, "--stop-after", "2");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, given, Token);
        (await server.RunAsync("webhooks", "create", "second", listening.Url, "--format", format, "--secret-file", file)).Code.ShouldBe(0);
        File.Delete(file);

        await WebhooksCommandTests.SaveAsync(server, "first words");
        await WebhooksCommandTests.SaveAsync(server, "other words");
        var run = await listening.EndAsync();

        run.Code.ShouldBe(0, run.Error);
        run.Output.ShouldContain("ENTITY_CREATE  Table orders");
        run.Output.ShouldContain("first words -> other words");
        run.Output.ShouldNotContain("not verified");
        run.Error.ShouldContain("2 events");
        run.Error.Contains("validation message", StringComparison.Ordinal).ShouldBe(format == "atlan");
    }

    [Theory]
    [InlineData("webhook-signature", "v1,AAAA", "does not fit")]
    [InlineData("x-atlan-signing-secret", "other", "does not fit")]
    [InlineData("x-other", "1", "not signed")]
    public async Task What_is_not_signed_with_the_secret_is_refused(string header, string value, string why)
    {
        await using var listening = await ListeningRun.StartAsync("--secret", "mine");

        var status = await PostAsync(listening, "{}", (header, value), ("webhook-id", "m"), ("webhook-timestamp", "1"));
        var run = await listening.InterruptAsync();

        status.ShouldBe(401);
        run.Error.ShouldContain(why);
        run.Error.ShouldContain("1 message: 0 events, 1 refused");
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_signed_long_ago_is_refused()
    {
        const string secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        await using var listening = await ListeningRun.StartAsync("--secret", secret);

        // The published vector of Standard Webhooks, right but of 2021.
        var status = await PostAsync(
            listening,
            """{"test": 2432232314}""",
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", "v1a,other v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));

        status.ShouldBe(401);
        (await listening.InterruptAsync()).Error.ShouldContain("five minutes");
    }

    [Fact]
    public async Task It_fails_as_it_is_told_and_the_message_comes_again()
    {
        await using var server = await RealServer.StartAsync(Local);
        await using var listening = await ListeningRun.StartAsync("--fail", "503", "--fail-first", "1", "--stop-after", "1", "--json");
        (await server.RunAsync("webhooks", "create", "orders", listening.Url)).Code.ShouldBe(0);

        await WebhooksCommandTests.SaveAsync(server, "words");
        var lines = (await listening.EndAsync()).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();

        lines.Select(line => line.GetProperty("answered").GetInt32()).ShouldBe([503, 200]);
        lines[0].GetProperty("id").GetString().ShouldBe(lines[1].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Messages_about_one_asset_alone_can_be_failed_and_repeats_and_old_news_are_marked()
    {
        await using var listening = await ListeningRun.StartAsync("--fail", "500", "--fail-asset", "cli/bad", "--json");

        var answered = new List<int>
        {
            await PostAsync(listening, Envelope("good", 2), ("webhook-id", "a")),
            await PostAsync(listening, Envelope("good", 2), ("webhook-id", "a")),
            await PostAsync(listening, Envelope("good", 1), ("webhook-id", "b")),
            await PostAsync(listening, Envelope("bad", 1), ("webhook-id", "c")),
        };
        var run = await listening.InterruptAsync();

        answered.ShouldBe([200, 200, 200, 500]);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        lines.Select(line => (line.GetProperty("repeat").GetBoolean(), line.GetProperty("old").GetBoolean()))
            .ShouldBe([(false, false), (true, false), (false, true), (false, false)]);
        run.Error.ShouldContain("4 messages: 2 events, 1 repeat, 1 out of order, 1 failed on purpose");
    }

    [Theory]
    [InlineData("--fail-every", "2")]
    [InlineData("--fail", "200")]
    [InlineData("--port", "70000")]
    public async Task What_makes_no_sense_is_refused(params string[] arguments) =>
        (await Run.OfAsync(["listen", .. arguments], Token)).Code.ShouldBe(2);

    private static string Envelope(string name, int version) => $$"""
        {"message":{"operationType":"ENTITY_UPDATE","sequence":1,"assetVersion":{{version}},
         "entity":{"guid":"{{name}}","typeName":"Table","attributes":{"qualifiedName":"cli/{{name}}"} } } }
        """;

    private static async Task<int> PostAsync(ListeningRun listening, string body, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(listening.Url)) { Content = new StringContent(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, Token);
        return (int)answer.StatusCode;
    }
}
