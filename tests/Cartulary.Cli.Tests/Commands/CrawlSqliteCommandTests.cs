using Cartulary.Cli.Tests.Sources.Sqlite;

namespace Cartulary.Cli.Tests.Commands;

public sealed class CrawlSqliteCommandTests
{
    private const string Schema = """
        {"entity":{"guid":"s","typeName":"Schema","status":"ACTIVE","attributes":{"name":"main","qualifiedName":"default/sqlite/test/test/main"},
         "relationshipAttributes":{"tables":[
           {"guid":"00000000-0000-0000-0000-0000000000aa","typeName":"Table","entityStatus":"ACTIVE","relationshipStatus":"ACTIVE","uniqueAttributes":{"qualifiedName":"default/sqlite/test/test/main/t"}},
           {"guid":"00000000-0000-0000-0000-0000000000bb","typeName":"Table","entityStatus":"ACTIVE","relationshipStatus":"ACTIVE","uniqueAttributes":{"qualifiedName":"default/sqlite/test/test/main/gone"}},
           {"guid":"old","typeName":"Table","entityStatus":"DELETED","relationshipStatus":"DELETED","uniqueAttributes":{"qualifiedName":"default/sqlite/test/test/main/old"}}]}}}
        """;

    [Fact]
    public async Task What_is_gone_is_archived_children_first_and_what_is_archived_is_left_alone()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a)");
        await using var server = await StartAsync(columnsOfGone: 1);

        var run = await Run.OfAsync(server, "crawl", "sqlite", database.Path);

        run.Code.ShouldBe(0);
        server.Requests.Single(request => request.Method == "DELETE").Target.ShouldBe("/api/meta/entity/bulk?guid=gone-1&guid=00000000-0000-0000-0000-0000000000bb");
    }

    [Fact]
    public async Task Too_much_to_archive_stops_the_sweep_and_is_partial()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a)");
        await using var server = await StartAsync(columnsOfGone: 30);

        var run = await Run.OfAsync(server, "crawl", "sqlite", database.Path);

        run.Code.ShouldBe(5);
        run.Error.ShouldContain("31 of 33 assets (94 %)");
        server.Requests.ShouldNotContain(request => request.Method == "DELETE");

        (await Run.OfAsync(server, "crawl", "sqlite", database.Path, "--allow-delete", "94%")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_that_stands_is_not_sent()
    {
        using var database = TestDatabase.With("CREATE TABLE t (a)");
        await using var server = await StartAsync(columnsOfGone: 1);

        await Run.OfAsync(server, "crawl", "sqlite", database.Path);

        var body = server.Requests.Single(request => request.Method == "POST").Body;
        body.ShouldContain("\"Database\"");
        body.ShouldNotContain("\"Connection\"");
    }

    [Fact]
    public async Task A_file_that_is_no_database_fails()
    {
        using var database = TestDatabase.WithBytes([.. Enumerable.Repeat((byte)'x', 5000)]);
        await using var server = await StartAsync(columnsOfGone: 1);

        var run = await Run.OfAsync(server, "crawl", "sqlite", database.Path);

        run.Code.ShouldBe(3);
        run.Error.ShouldContain("not an SQLite database");
        server.Requests.ShouldBeEmpty();
    }

    private static Task<ScriptedServer> StartAsync(int columnsOfGone) => ScriptedServer.StartAsync(request => request switch
    {
        { Method: "POST" or "DELETE" } => ScriptedAnswer.Ok("{}"),
        { Target: var target } when target.StartsWith("/api/events", StringComparison.Ordinal) =>
            ScriptedAnswer.Ok("""{"log":"l","events":[],"next":5,"oldest":1,"head":5}"""),
        { Target: var target } when target.Contains("/type/Connection", StringComparison.Ordinal) =>
            ScriptedAnswer.Ok("""{"entity":{"guid":"c","typeName":"Connection","status":"ACTIVE","attributes":{}}}"""),
        { Target: var target } when target.Contains("/type/Schema", StringComparison.Ordinal) => ScriptedAnswer.Ok(Schema),
        { Target: "/api/meta/entity/bulk?guid=00000000-0000-0000-0000-0000000000aa&guid=00000000-0000-0000-0000-0000000000bb" } =>
            ScriptedAnswer.Ok($$"""{"entities":[{{Columns("t", "a", 1)}},{{Columns("gone", "c", columnsOfGone)}}]}"""),
        _ => ScriptedAnswer.NotFound,
    });

    private static string Columns(string table, string column, int count)
    {
        var columns = Enumerable.Range(1, count).Select(number => Column(table, count == 1 ? column : $"{column}{number}", number));
        return $$$"""
            {"attributes":{"qualifiedName":"default/sqlite/test/test/main/{{{table}}}"},"relationshipAttributes":{"columns":[{{{string.Join(',', columns)}}}]}}
            """;
    }

    private static string Column(string table, string name, int number)
    {
        var qualifiedName = $"default/sqlite/test/test/main/{table}/{name}";
        return $$$"""
            {"guid":"{{{table}}}-{{{number}}}","typeName":"Column","entityStatus":"ACTIVE","uniqueAttributes":{"qualifiedName":"{{{qualifiedName}}}"} }
            """;
    }
}
