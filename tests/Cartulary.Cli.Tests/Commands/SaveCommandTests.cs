using System.Text.Json;

namespace Cartulary.Cli.Tests.Commands;

public sealed class SaveCommandTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task The_summary_counts_each_asset_once_whatever_the_requests()
    {
        Write(4);
        var answers = new Queue<string>(
        [
            """
            {"guidAssignments":{"-item-1":"g1","-item-2":"g2"},
             "mutatedEntities":{"CREATE":[{"guid":"g1","typeName":"Table"}],"UPDATE":[{"guid":"neighbour","typeName":"Schema"}]}}
            """,
            """
            {"guidAssignments":{"-item-3":"g3","-item-4":"g4"},
             "mutatedEntities":{"UPDATE":[{"guid":"g3","typeName":"Table"},{"guid":"g1","typeName":"Table"}]}}
            """,
        ]);
        await using var server = await ScriptedServer.StartAsync(_ => ScriptedAnswer.Ok(answers.Dequeue()));

        var run = await Run.OfAsync(server, "save", _file, "--batch", "2");

        run.Code.ShouldBe(0);
        run.Output.Trim().ShouldBe("4 assets: 1 created, 1 updated, 2 unchanged");
        server.Requests.Select(Count).ShouldBe([2, 2]);
    }

    [Fact]
    public async Task A_refused_request_after_others_is_partial_and_problems_name_the_item_of_the_file()
    {
        Write(3);
        var answers = new Queue<ScriptedAnswer>(
        [
            ScriptedAnswer.Ok("""{"guidAssignments":{"-item-1":"g1","-item-2":"g2"}}"""),
            new(400, """
                {"errorCode":"ATLAS-400-00-014","errorMessage":"Unknown type",
                 "problems":[{"code":"ATLAS-400-00-014","path":"entities[0].typeName","message":"no type Tabel"}]}
                """),
        ]);
        await using var server = await ScriptedServer.StartAsync(_ => answers.Dequeue());

        var run = await Run.OfAsync(server, "save", _file, "--batch", "2");

        run.Code.ShouldBe(5);
        run.Error.ShouldContain("item 3.typeName: no type Tabel");
        run.Error.ShouldContain("The first 2 items are saved");
        run.Output.Trim().ShouldBe("2 assets: 0 created, 0 updated, 2 unchanged");
    }

    [Fact]
    public async Task A_first_request_that_is_refused_is_a_failure()
    {
        Write(1);
        await using var server = await ScriptedServer.StartAsync(_ => new(400, """{"errorCode":"X","errorMessage":"no"}"""));

        var run = await Run.OfAsync(server, "save", _file);

        run.Code.ShouldBe(3);
        run.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_save_whose_connection_breaks_is_sent_again_with_its_key()
    {
        Write(2);
        var answers = new Queue<ScriptedAnswer>([ScriptedAnswer.Broken, ScriptedAnswer.Ok("{}"), ScriptedAnswer.Ok("{}")]);
        await using var server = await ScriptedServer.StartAsync(_ => answers.Dequeue());

        var run = await Run.OfAsync(server, "save", _file, "--batch", "1");

        run.Code.ShouldBe(0);
        server.Requests.Count.ShouldBe(3);
        server.Requests[1].Key.ShouldBe(server.Requests[0].Key);
        server.Requests[1].Body.ShouldBe(server.Requests[0].Body);
        server.Requests[2].Key.ShouldNotBe(server.Requests[0].Key);
        server.Requests[0].Key.Length.ShouldBeGreaterThan(20);
    }

    public void Dispose() => File.Delete(_file);

    private static int Count(ScriptedRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return body.RootElement.GetProperty("entities").GetArrayLength();
    }

    private void Write(int count) => File.WriteAllLines(
        _file,
        Enumerable.Range(1, count).Select(number => $$$"""{"typeName":"Table","attributes":{"name":"t","qualifiedName":"t{{{number}}}"}}"""));
}
