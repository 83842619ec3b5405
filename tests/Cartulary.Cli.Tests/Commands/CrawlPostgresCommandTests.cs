namespace Cartulary.Cli.Tests.Commands;

public sealed class CrawlPostgresCommandTests
{
    [Theory]
    [InlineData("postgres://ann:hush@127.0.0.1:9/shop")]
    [InlineData("host=127.0.0.1 port=9 dbname=shop user=ann password=hush")]
    public async Task A_database_that_is_away_fails_and_no_message_has_the_password(string address)
    {
        await using var server = await StartAsync();

        var run = await Run.OfAsync(server, "crawl", "postgres", address);

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("the database shop on 127.0.0.1 cannot be read: ");
        (run.Output + run.Error).ShouldNotContain("hush");
        server.Requests.ShouldNotContain(request => request.Method != "GET");
    }

    [Theory]
    [InlineData("given twice", "postgres://ann@db/shop", "--dsn", "postgres://ann@db/shop")]
    [InlineData("\"colour\" is not a parameter", "host=db colour=blue password=hush")]
    [InlineData("from 0 to 100", "postgres://ann@db/shop", "--allow-delete", "many")]
    [InlineData("--timeout takes", "postgres://ann@db/shop", "--timeout", "0")]
    public async Task What_is_not_understood_ends_with_2(string message, params string[] arguments)
    {
        await using var server = await StartAsync();

        var run = await Run.OfAsync(server, ["crawl", "postgres", .. arguments]);

        run.Code.ShouldBe(2);
        run.Error.ShouldContain(message);
        run.Error.ShouldNotContain("hush");
        server.Requests.ShouldBeEmpty();
    }

    private static Task<ScriptedServer> StartAsync() => ScriptedServer.StartAsync(request =>
        request.Target.StartsWith("/api/events", StringComparison.Ordinal)
            ? ScriptedAnswer.Ok("""{"log":"l","events":[],"next":5,"oldest":1,"head":5}""")
            : ScriptedAnswer.NotFound);
}
