using System.Collections.Concurrent;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Scenarios.ManyServers;

namespace Cartulary.Scenarios.Faults;

/// <summary>The search index of a server that is killed, or comes back without it.</summary>
[Collection(FaultsCollection.Name)]
public sealed class SearchIndexTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-search-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Index => Path.Combine(_folder.FullName, "search");

    [Fact]
    public async Task A_server_that_was_killed_while_it_saved_finds_all_that_it_acknowledged()
    {
        var acknowledged = new ConcurrentQueue<string>();
        for (var kill = 1; kill <= Rounds.Of(1); kill++)
        {
            await using var server = await ServerProcess.StartAsync(_folder.FullName, Token);
            var writers = Task.WhenAll(Enumerable.Range(4 * kill, 4).Select(number => WriteAsync(server, number, acknowledged)));
            while (acknowledged.Count < 300 * kill)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), Token);
            }

            await server.KillAsync(Token);
            await writers;
        }

        await using var again = await ServerProcess.StartAsync(_folder.FullName, Token);

        (await FoundAsync(again)).IsSupersetOf(acknowledged).ShouldBeTrue();
    }

    [Fact]
    public async Task An_index_that_was_deleted_while_the_server_was_stopped_comes_back()
    {
        HashSet<string> before;
        await using (var server = await ServerProcess.StartAsync(_folder.FullName, Token))
        {
            await CatalogLoad.PrepareAsync(server, Token);
            before = await FoundAsync(server);
            (await server.StopAsync(Token)).ShouldBe(0, server.Output);
        }

        before.ShouldNotBeEmpty();
        Directory.Delete(Index, recursive: true);
        await using var again = await ServerProcess.StartAsync(_folder.FullName, Token);

        (await FoundAsync(again)).SetEquals(before).ShouldBeTrue();
        Directory.Exists(Index).ShouldBeTrue();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task WriteAsync(ServerProcess server, int number, ConcurrentQueue<string> acknowledged)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        for (var i = 0; ; i++)
        {
            var name = $"search/{number}/{i}";
            var body = $$$"""{"entities":[{"typeName":"Connection","attributes":{"name":"c","qualifiedName":"{{{name}}}"} }]}""";
            try
            {
                (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", body, [], Token)).Success();
            }
            catch (HttpRequestException)
            {
                return;
            }

            acknowledged.Enqueue(name);
        }
    }

    private static async Task<HashSet<string>> FoundAsync(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        const string Body = """{"dsl":{"from":0,"size":10000,"query":{"match_all":{}},"sort":[{"__guid":{"order":"asc"}}]},"attributes":["qualifiedName"]}""";
        var answer = (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/search/indexsearch", Body, [], Token)).Success();
        return [.. answer.GetProperty("entities").EnumerateArray().Select(asset => asset.GetProperty("attributes").GetProperty("qualifiedName").GetString()!)];
    }
}
