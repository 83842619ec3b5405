using System.Net.Sockets;
using System.Text;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Hosting;

namespace Cartulary.Scenarios.Faults;

/// <summary>A stream loses and repeats nothing, whatever happens to the server; and a reader that stands still harms nobody.</summary>
[Collection(FaultsCollection.Name)]
public sealed class StreamFaultTests(ITestOutputHelper output) : IDisposable
{
    private const int Rounds = 4;
    private const int StalledReaders = 20;
    private const long MiB = 1024 * 1024;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cartulary-stream-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_that_comes_again_after_kills_gets_every_event_once()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var load = new CatalogLoad(seed);
        var reader = new StreamReader();
        for (var round = 1; round <= Rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(_folder.FullName, Token);
            await CatalogLoad.PrepareAsync(server, Token);
            var running = Task.WhenAll(load.RunAsync(server, Token), reader.FollowAsync(server.Address, long.MaxValue, Token));
            await Task.Delay(random.Next(200, 800), Token);
            await load.UntilAcknowledgedAsync(2 * round, Token);
            await server.KillAsync(Token);
            await running;
            output.WriteLine($"round {round}: {reader.Sequences.Count} events");
        }

        await using var last = await ServerProcess.StartAsync(_folder.FullName, Token);
        var head = await HeadAsync(last);
        await reader.FollowAsync(last.Address, head, Token);

        head.ShouldBeGreaterThan(Rounds);
        reader.Sequences.ShouldBe(Enumerable.Range(1, (int)head).Select(sequence => (long)sequence));
    }

    [Fact]
    public async Task Readers_that_stand_still_cost_no_memory_and_are_let_go()
    {
        var alone = await GrowthAsync(readers: 0);
        var grown = await GrowthAsync(StalledReaders);

        output.WriteLine($"{grown} MiB more with readers that stand still, {alone} MiB without");
        (grown - alone).ShouldBeLessThan(300);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>By how many MiB a server grows while much is saved that readers do not read, and which one that reads gets nevertheless.</summary>
    private async Task<long> GrowthAsync(int readers)
    {
        var folder = _folder.CreateSubdirectory($"readers-{readers}");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "appsettings.json"), """{"Stream":{"StalledSeconds":3}}""", Token);
        await using var server = await ServerProcess.StartAsync(folder.FullName, Token);
        using var client = CatalogHttp.ClientFor(server.Address);
        await SaveLargeAsync(client, 2);
        var stalled = new List<TcpClient>();
        for (var i = 0; i < readers; i++)
        {
            stalled.Add(await StallAsync(server.Address));
        }

        var before = server.ResidentBytes;
        await SaveLargeAsync(client, 40);
        while (!await IsStreamLetInAsync(client))
        {
            await Task.Delay(100, Token);
        }

        var grown = (server.ResidentBytes - before) / MiB;
        output.WriteLine($"{grown} MiB more for {readers} readers that each left out {(await HeadAsync(server)) * 100_000 / MiB} MiB");
        var reader = new StreamReader();
        await reader.FollowAsync(server.Address, await HeadAsync(server), Token);
        reader.Sequences.ShouldBe(Enumerable.Range(1, (int)await HeadAsync(server)).Select(sequence => (long)sequence));
        stalled.ForEach(connection => connection.Dispose());
        return grown;
    }

    private static async Task<long> HeadAsync(ServerProcess server)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var page = await CatalogHttp.SendAsync(client, HttpMethod.Get, "/api/events?after=latest", null, [], Token);
        return page.Success().GetProperty("head").GetInt64();
    }

    /// <summary>Saves ten assets of 100 KB so many times.</summary>
    private static async Task SaveLargeAsync(HttpClient client, int times)
    {
        for (var time = 0; time < times; time++)
        {
            var text = new string((char)('a' + (time % 26)), 100_000 - 100 - time);
            var entities = Enumerable.Range(0, 10).Select(number =>
                $$$"""{"typeName":"Table","attributes":{"name":"t{{{number}}}","qualifiedName":"large/{{{number}}}","description":"{{{text}}}"}}""");
            var body = $$"""{"entities":[{{string.Join(',', entities)}}]}""";
            (await CatalogHttp.SendAsync(client, HttpMethod.Post, "/api/meta/entity/bulk", body, [], Token)).Success();
        }
    }

    /// <summary>Asks for a stream and never reads it.</summary>
    private static async Task<TcpClient> StallAsync(Uri address)
    {
        var connection = new TcpClient { ReceiveBufferSize = 4_096 };
        await connection.ConnectAsync(address.Host, address.Port, Token);
        var request = $"GET /api/events/stream?after=0 HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {ServerProcess.Key}\r\n\r\n";
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Token);
        return connection;
    }

    /// <summary>As long as all of a key's streams are open, another one is refused.</summary>
    private static async Task<bool> IsStreamLetInAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/api/events/stream", HttpCompletionOption.ResponseHeadersRead, Token);
        return answer.IsSuccessStatusCode;
    }
}
