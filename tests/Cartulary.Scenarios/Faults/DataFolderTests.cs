using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>What a data folder keeps from one server to the next, and that it has one server at a time.</summary>
[Collection(FaultsCollection.Name)]
public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-folder-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_server_on_a_folder_is_refused_and_the_first_goes_on()
    {
        await using var first = await ServerProcess.StartAsync(_folder.FullName, Token);
        await using var second = ServerProcess.Start(_folder.FullName);

        (await second.WaitForEndAsync(Token)).ShouldNotBe(0);

        second.Output.ShouldContain(_folder.FullName);
        second.Output.ShouldContain("another");
        second.Output.ShouldNotContain("   at ", Case.Sensitive, "a stack trace helps nobody here");
        (await FeedOf(first)).GetProperty("head").GetInt64().ShouldBe(0);
        await CatalogLoad.PrepareAsync(first, Token);
    }

    [Fact]
    public async Task A_server_on_a_folder_that_was_used_goes_on_with_its_log()
    {
        JsonElement before;
        await using (var first = await ServerProcess.StartAsync(_folder.FullName, Token))
        {
            await CatalogLoad.PrepareAsync(first, Token);
            before = await FeedOf(first);
            (await first.StopAsync(Token)).ShouldBe(0, first.Output);
        }

        await using var second = await ServerProcess.StartAsync(_folder.FullName, Token);

        (await FeedOf(second)).GetRawText().ShouldBe(before.GetRawText());
        before.GetProperty("head").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_is_free_again_after_a_kill()
    {
        await using (var first = await ServerProcess.StartAsync(_folder.FullName, Token))
        {
            await first.KillAsync(Token);
        }

        await using var second = await ServerProcess.StartAsync(_folder.FullName, Token);

        (await second.StopAsync(Token)).ShouldBe(0, second.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<JsonElement> FeedOf(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        return (await CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/events", null, [], Token)).Success();
    }
}
