using System.Diagnostics;
using System.Text.Json.Nodes;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Faults;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;
using Cartulary.Testing.Postgres.Wire;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>
/// The connection of a save breaks at any message of its transaction, in either direction, also when the commit has been sent
/// and is not answered: the save is made once, its client hears so, and a retry with its key gets the same answer.
/// </summary>
[Collection(ManyServersCollection.Name)]
public sealed class CutConnectionTests(ITestOutputHelper output)
{
    private const string Bulk = "/api/meta/entity/bulk";
    private static readonly int EveryMessage = Rounds.IsLong ? 1 : 9;
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromMinutes(1);

    private readonly List<Attempt> _attempts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_save_whose_connection_is_cut_anywhere_is_made_once_and_answered()
    {
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        await using var proxy = new CuttingProxy(database.Port);
        await using var cut = await ServerFleet.StartAsync([proxy.Through(database.ConnectionString)], Token);
        await using var others = await ServerFleet.StartAsync([database.ConnectionString, database.ConnectionString], Token);
        await CatalogLoad.PrepareAsync(others[0], Token);
        var load = new CatalogLoad(Environment.TickCount, clients: 2);
        using var over = new CancellationTokenSource();
        var loading = load.RunAsync(others, over.Token, Token);

        for (var save = 0; save < 4; save++)
        {
            await SaveAsync(cut[0]);
        }

        foreach (var side in new[] { CutSide.Writer, CutSide.Database })
        {
            await CutEverywhereAsync(proxy, cut[0], message => new Cut(side, message, IsInTheMiddle: false), EveryMessage);
            await CutEverywhereAsync(proxy, cut[0], message => new Cut(side, message, IsInTheMiddle: true), EveryMessage);
            await CutEverywhereAsync(proxy, cut[0], message => new Cut(side, message, From: "COMMIT"), step: 1);
        }

        await CutEverywhereAsync(proxy, cut[0], message => new Cut(CutSide.WriterBeforeArrival, message, From: "COMMIT"), step: 1);

        await over.CancelAsync();
        await loading;
        await load.CheckAsync(cut[0], Token);
        await ShouldBeToldOnceAsync(cut[0]);
        await cut.VerifyAsync(Token);
        await others.VerifyAsync(Token);
        (await database.LogAsync()).ShouldNotContain("deadlock detected");
    }

    private async Task CutEverywhereAsync(CuttingProxy proxy, ServerProcess server, Func<int, Cut> next, int step)
    {
        var places = new List<string>();
        var longest = TimeSpan.Zero;
        for (var message = 1; ; message += step)
        {
            var began = Stopwatch.GetTimestamp();
            var cut = proxy.ArmAsync(next(message));
            await SaveAsync(server);
            if (await cut.WaitAsync(GivenUpAfter, Token) is not { } place)
            {
                break;
            }

            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
            places.Add(place.ReplaceLineEndings(" "));
        }

        var statements = places.Select(place => place[..Math.Min(30, place.Length)]).Distinct().Count();
        output.WriteLine($"{next(0)}: {places.Count} cuts at {statements} places, longest save {longest.TotalSeconds:F1} s");
        places.Count.ShouldBeGreaterThan(1, next(0).ToString());
    }

    /// <summary>Saves by a key until there is an answer, and then once more.</summary>
    private async Task SaveAsync(ServerProcess server)
    {
        var number = _attempts.Count;
        var table = new AssetDraft("Table", $"cut/t{number}", "t");
        var shared = new AssetDraft("Table", "cut/shared", "shared").With("description", $"{number}");
        var moved = new AssetDraft("Column", "cut/moved", "moved").In("table", table);
        var body = new JsonObject { ["entities"] = new JsonArray(table.Json, shared.Json, moved.Json) }.ToJsonString();
        string[] told = number == 0
            ? ["ENTITY_CREATE cut/t0", "ENTITY_CREATE cut/shared", "ENTITY_CREATE cut/moved"]
            : [$"ENTITY_CREATE cut/t{number}", "ENTITY_UPDATE cut/shared", "ENTITY_UPDATE cut/moved", $"ENTITY_UPDATE cut/t{number - 1}"];
        var attempt = new Attempt($"cut-{number}", [.. told], static () => { });
        _attempts.Add(attempt);
        using var client = CatalogHttp.ClientFor(server.Address);
        KeyValuePair<string, string>[] headers = [new(LoadClient.Header, attempt.Id), new("Idempotency-Key", attempt.Id)];
        var first = await CatalogHttp.SendAsync(client, HttpMethod.Post, Bulk, body, headers, Token);
        while (first.Status == 503)
        {
            first = await CatalogHttp.SendAsync(client, HttpMethod.Post, Bulk, body, headers, Token);
        }

        var second = await CatalogHttp.SendAsync(client, HttpMethod.Post, Bulk, body, headers, Token);
        second.Headers.ShouldContainKey("Idempotent-Replayed");
        second.Success().GetRawText().ShouldBe(first.Success().GetRawText());
    }

    private async Task ShouldBeToldOnceAsync(ServerProcess server)
    {
        var history = new FeedHistory();
        using var client = CatalogHttp.ClientFor(server.Address);
        await history.CatchUpAsync(client, Token);
        foreach (var attempt in _attempts)
        {
            history.EventsOf(attempt).Order(StringComparer.Ordinal).ShouldBe(attempt.Expected.Order(StringComparer.Ordinal), attempt.Id);
        }
    }
}
