namespace Cartulary.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("save")]
    [InlineData("save", "a.json", "--batch", "0")]
    [InlineData("get")]
    [InlineData("get", "g", "--type", "Table")]
    [InlineData("get", "g", "--url", "nowhere")]
    [InlineData("crawl", "sqlite", "x.db", "--allow-delete", "half")]
    [InlineData("events")]
    [InlineData("unheard-of")]
    public async Task What_is_not_understood_ends_with_2_and_leaves_standard_output_alone(params string[] arguments)
    {
        var run = await Run.OfAsync(arguments, TestContext.Current.CancellationToken);

        run.Code.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("events", "tail", "--help")]
    [InlineData("demo", "-h")]
    public async Task Help_lists_the_exit_codes(params string[] arguments)
    {
        var run = await Run.OfAsync(arguments, TestContext.Current.CancellationToken);

        run.Code.ShouldBe(0);
        run.Output.ShouldContain("5  partial");
    }

    [Fact]
    public async Task Without_a_server_the_message_says_how_to_start_one()
    {
        var run = await Run.OfAsync(["get", "g", "--url", "http://127.0.0.1:9"], TestContext.Current.CancellationToken);

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("cartulary serve");
    }

    [Fact]
    public async Task A_refused_key_ends_with_4_and_says_where_the_key_comes_from()
    {
        await using var server = await ScriptedServer.StartAsync(_ =>
            new(401, """{"errorCode":"ATLAS-401-00-001","errorMessage":"Not authenticated"}"""));

        var run = await Run.OfAsync(server, "events", "list");

        run.Code.ShouldBe(4);
        run.Error.ShouldContain("Not authenticated (ATLAS-401-00-001)");
        run.Error.ShouldContain("CARTULARY_API_KEY");
    }

    [Fact]
    public async Task The_key_is_sent_as_a_bearer_token_and_a_file_wins_over_the_environment()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedAnswer.NotFound);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "key-2\n", TestContext.Current.CancellationToken);

        await Run.OfAsync(server, "get", "g");
        await Run.OfAsync(server, "get", "g", "--api-key-file", file);

        server.Requests.Select(request => request.Authorization).ShouldBe(["Bearer key-1", "Bearer key-2"]);
        File.Delete(file);
    }

    [Fact]
    public async Task A_busy_server_is_asked_again()
    {
        var answers = new Queue<ScriptedAnswer>([new(503, "<html>busy</html>"), ScriptedAnswer.NotFound]);
        await using var server = await ScriptedServer.StartAsync(_ => answers.Dequeue());

        (await Run.OfAsync(server, "get", "g")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task An_asset_that_does_not_exist_is_a_no()
    {
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedAnswer.NotFound);

        var run = await Run.OfAsync(server, "get", "--type", "Table", "--qualified-name", "a/b%2Fc d&e");

        run.Code.ShouldBe(1);
        server.Requests[0].Target.ShouldBe("/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=a%2Fb%252Fc%20d%26e");
    }
}
