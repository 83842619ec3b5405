using System.Globalization;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>
/// A database that was set back to what it was earlier gives the log another name on every server, so that no sequence means
/// two events: readers with an old position are told, and the operator too.
/// </summary>
[Collection(ManyServersCollection.Name)]
public sealed class LostTailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("reads")]
    [InlineData("saves")]
    [InlineData("starts and saves")]
    public async Task A_database_that_lost_commits_gets_another_log_on_every_server_whatever_comes_first(string first)
    {
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        await using var fleet = await ServerFleet.StartAsync(Enumerable.Repeat(database.ConnectionString, 3), Token);
        await SaveAsync(fleet[0], "kept");
        await database.StopAsync();
        await database.KeepCopyAsync();
        await database.StartAsync(Token);
        await fleet.WaitUntilReadyAsync(Token);
        await SaveAsync(fleet[0], "lost");
        var (log, head) = await FeedAsync(fleet[0]);
        await Task.WhenAll(fleet.All.Select(FeedAsync));

        await database.StopAsync();
        await database.PutCopyBackAsync();
        await database.StartAsync(Token);
        if (first == "starts and saves")
        {
            await fleet.KillAsync(2, Token);
            await fleet.ReplaceAsync(2, Token);
        }

        await fleet.WaitUntilReadyAsync(Token);
        if (first != "reads")
        {
            await SaveAsync(fleet[2], "instead");
        }

        var logs = new List<string>();
        foreach (var server in fleet.All)
        {
            logs.Add((await FeedAsync(server)).Log);
        }

        // The first may have answered just before another one noticed, so all are asked again.
        logs = [.. (await Task.WhenAll(fleet.All.Select(FeedAsync))).Select(page => page.Log)];
        logs.Distinct().ShouldHaveSingleItem().ShouldNotBe(log);
        await ShouldRefuseAsync(fleet, log, head);
        fleet.All.Count(server => server.Output.Contains("The database has lost commits", StringComparison.Ordinal)).ShouldBe(1);
        await SaveAsync(fleet[1], "later");
        await fleet.VerifyAsync(Token);
    }

    private static async Task ShouldRefuseAsync(ServerFleet fleet, string log, long position)
    {
        foreach (var server in fleet.All)
        {
            using var client = CatalogHttp.ClientFor(server.Address);
            var path = string.Create(CultureInfo.InvariantCulture, $"/api/events?log={log}&after={position}");
            var old = await CatalogHttp.SendAsync(client, HttpMethod.Get, path, null, [], Token);
            old.Status.ShouldBe(409);
            old.Body.GetProperty("errorCode").GetString().ShouldBe("CARTULARY-409-00-001");
        }
    }

    private static async Task<(string Log, long Head)> FeedAsync(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var page = (await CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/events", null, [], Token)).Success();
        return (page.GetProperty("log").GetString()!, page.GetProperty("head").GetInt64());
    }

    private static async Task SaveAsync(ServerProcess server, string name)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var body = $$$"""{"entities":[{"typeName":"Table","attributes":{"name":"t","qualifiedName":"tail/{{{name}}}"}}]}""";
        (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", body, [], Token)).Success();
    }
}
