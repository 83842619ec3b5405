using System.Globalization;
using System.Text.Json;
using Cartulary.Scenarios.Driving;
using Cartulary.Scenarios.Faults;
using Cartulary.Scenarios.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Scenarios.ManyServers;

/// <summary>
/// Eight clients save, link, archive, restore, rename, read and repeat at three servers. All their answers, and all that
/// readers on each server are told meanwhile, can be explained by one server that does one thing after another.
/// </summary>
[Collection(ManyServersCollection.Name)]
public sealed class HistoryTests(ITestOutputHelper output)
{
    private const int Servers = 3;
    private const int Clients = 8;
    private const int RequestsPerRound = 50;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_and_every_event_is_explained_by_one_order_of_saves_that_keeps_to_the_clock()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        await using var database = await PostgresServer.StartNewAsync(isDurable: true, Token);
        await using var fleet = await ServerFleet.StartAsync(Enumerable.Repeat(database.ConnectionString, Servers), Token);
        var clients = Enumerable.Range(0, Clients).Select(number => new HistoryClient(number, seed, fleet)).ToList();
        await clients[0].PrepareAsync(Token);
        using var over = new CancellationTokenSource();
        var readers = Task.WhenAll(fleet.All.Select(server => FollowAsync(server, over.Token)));

        await Task.WhenAll(clients.Select(client => client.RunAsync(RequestsPerRound * Rounds.Count, Token)));
        await over.CancelAsync();
        var feeds = await readers;

        foreach (var feed in feeds)
        {
            feed.Select(told => told.GetProperty("seq").GetInt64()).ShouldBe(Enumerable.Range(1, feed.Count).Select(sequence => (long)sequence));
            feed.Select(told => told.GetRawText()).ShouldBe(feeds[0].Select(told => told.GetRawText()));
        }

        Check([.. clients.SelectMany(client => client.Answers)], feeds[0]);
        await fleet.VerifyAsync(Token);
    }

    /// <summary>Reads as the events come, and once it is told that no more will, to the head.</summary>
    private static async Task<List<JsonElement>> FollowAsync(ServerProcess server, CancellationToken over)
    {
        using var client = CatalogHttp.ClientFor(server.Address);
        var told = new List<JsonElement>();
        for (var isLast = false; !isLast;)
        {
            isLast = over.IsCancellationRequested;
            JsonElement page;
            do
            {
                var path = string.Create(CultureInfo.InvariantCulture, $"/api/events?after={told.Count}&limit=500&wait={(isLast ? 0 : 1)}");
                page = (await CatalogHttp.SendAsync(client, HttpMethod.Get, path, null, [], Token)).Success();
                told.AddRange(page.GetProperty("events").EnumerateArray());
            }
            while (told.Count < page.GetProperty("head").GetInt64());
        }

        return told;
    }

    private void Check(IReadOnlyList<HistoryAnswer> answers, IReadOnlyList<JsonElement> feed)
    {
        var model = new HistoryModel();
        var saved = answers.Where(answer => answer.Sequences.Count > 0).ToLookup(answer => answer.Sequences[0]);
        foreach (var save in feed.GroupBy(told => Message(told).GetProperty("saveId").GetString()))
        {
            var events = save.ToList();
            var told = events.ConvertAll(item => item.GetProperty("seq").GetInt64());
            told.ShouldBe(Enumerable.Range((int)told[0], told.Count).Select(sequence => (long)sequence), "the events of a save stand together");
            var own = saved[told[0]].ToList();
            own.Count(answer => !answer.IsReplayed).ShouldBe(1, $"{told[0]} is the save of one request");
            foreach (var answer in own)
            {
                answer.Sequences.ShouldBe(told, answer.ToString());
                answer.Reply.Body.GetRawText().ShouldBe(own.Single(first => !first.IsReplayed).Reply.Body.GetRawText(), answer.ToString());
            }

            Message(events[0]).GetProperty("headers").GetProperty(LoadClient.Header).GetString().ShouldBe(own[0].Operation.Id);
            model.Apply(own.Single(answer => !answer.IsReplayed), events);
        }

        saved.Count.ShouldBe(feed.Select(told => Message(told).GetProperty("saveId").GetString()).Distinct().Count(), "every answer that says events is in the feed");
        var clock = new HistoryClock(answers);
        foreach (var answer in answers)
        {
            if (answer.Sequences.Count == 0)
            {
                model.Explain(answer, clock.AcknowledgedBefore(answer), clock.BegunAfter(answer));
            }
            else if (!answer.IsReplayed)
            {
                answer.Sequences[0].ShouldBeGreaterThan(clock.AcknowledgedBefore(answer), $"{answer}: another save had been answered before it was sent");
            }
        }

        output.WriteLine(
            $"{answers.Count} answers: {saved.Count} saves with {feed.Count} events, {answers.Count(answer => answer.IsReplayed)} replayed, "
            + $"{answers.Count(answer => answer.Reply.Status == 412)} refused on condition, {answers.Count(answer => answer.Reply.Status == 404)} not found; up to {model.LongestLife} versions of an asset");
    }

    private static JsonElement Message(JsonElement told) => told.GetProperty("envelope").GetProperty("message");
}
