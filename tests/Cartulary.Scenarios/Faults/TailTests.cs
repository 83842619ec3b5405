using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary><c>cartulary events tail</c> outlives its server: what it shows is the log, each event once and in order, however the server ends.</summary>
[Collection(FaultsCollection.Name)]
public sealed class TailTests : IDisposable
{
    private const int Rounds = 4;
    private const int Saves = 5;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-tail-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_goes_on_after_kills_and_stops_of_the_server_and_shows_each_event_once()
    {
        var server = await ServerProcess.StartAsync(_folder.FullName, Token);
        using var tail = CartularyProgram.Start(
            ["events", "tail", "--after", "0", "--json", "--url", server.Address.GetLeftPart(UriPartial.Authority)], ServerProcess.Key);
        try
        {
            var said = tail.StandardError.ReadToEndAsync(Token);
            var shown = new List<long>();
            for (var round = 1; round <= Rounds; round++)
            {
                for (var save = 0; save < Saves; save++)
                {
                    await SaveAsync(server, $"{round}/{save}");
                }

                // Half of the rounds end while the tail is behind, the others after it has seen all.
                if (round % 2 == 0)
                {
                    await ShowAsync(tail.StandardOutput, shown, round * Saves);
                }

                await (round % 3 == 0 ? server.StopAsync(Token) : server.KillAsync(Token));
                await server.DisposeAsync();
                server = await server.StartAgainAsync(Token);
            }

            await SaveAsync(server, "last");
            await ShowAsync(tail.StandardOutput, shown, (Rounds * Saves) + 1);

            shown.ShouldBe(Enumerable.Range(1, (Rounds * Saves) + 1).Select(sequence => (long)sequence));
            tail.Kill();
            (await said).ShouldContain("connected again");
        }
        finally
        {
            tail.Kill();
            await server.DisposeAsync();
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Reads what the tail writes until it has shown as many events.</summary>
    private static async Task ShowAsync(TextReader lines, List<long> shown, int count)
    {
        while (shown.Count < count)
        {
            var line = await lines.ReadLineAsync(Token).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Token);
            shown.Add(JsonSerializer.Deserialize<JsonElement>(line.ShouldNotBeNull()).GetProperty("seq").GetInt64());
        }
    }

    private static async Task SaveAsync(ServerProcess server, string name)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var body = new JsonObject
        {
            ["entities"] = new JsonArray(new JsonObject
            {
                ["typeName"] = "Table",
                ["attributes"] = new JsonObject { ["qualifiedName"] = string.Create(CultureInfo.InvariantCulture, $"tail/{name}"), ["name"] = name },
            }),
        };
        (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", body.ToJsonString(), [], Token)).Success();
    }
}
