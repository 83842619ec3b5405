using Cartulary.Scenarios.Hosting;
using Cartulary.Scenarios.ManyServers;

namespace Cartulary.Scenarios.Faults;

/// <summary>A server that is killed at any moment keeps all it has promised, and nothing by half.</summary>
[Collection(FaultsCollection.Name)]
public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int Kills = Rounds.Of(8);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-kill-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_acknowledged_survives_kills_and_nothing_is_there_by_half()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var load = new CatalogLoad(seed);
        var server = await ServerProcess.StartAsync(_folder.FullName, Token);
        await CatalogLoad.PrepareAsync(server, Token);
        for (var round = 1; round <= Kills; round++)
        {
            var running = load.RunAsync(server, Token);
            await Task.Delay(random.Next(20, 800), Token);
            await load.UntilAcknowledgedAsync(round + 1, Token);
            await server.KillAsync(Token);
            await running;
            await server.DisposeAsync();

            server = await ServerProcess.StartAsync(_folder.FullName, Token);
            await load.CheckAsync(server, Token);
            output.WriteLine($"round {round}: {load.Counts}");
        }

        (await server.StopAsync(Token)).ShouldBe(0, server.Output);
        await server.DisposeAsync();
        var (exitCode, said) = await CartularyProgram.RunAsync(["verify", "--data", _folder.FullName], Token);
        output.WriteLine(said);
        exitCode.ShouldBe(0, said);
        load.Counts.Acknowledged.ShouldBeGreaterThan(Kills);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
