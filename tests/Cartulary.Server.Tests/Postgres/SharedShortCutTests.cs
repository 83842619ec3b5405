using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Cartulary.Server.Tests.Hosting;
using Cartulary.Testing.Postgres;

namespace Cartulary.Server.Tests.Postgres;

/// <summary>
/// Two servers on one database that remember what changed nothing answer, store and tell the same as two that compare
/// everything, whichever of them each save is sent to.
/// </summary>
public sealed partial class SharedShortCutTests(PostgresCluster cluster, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Steps = 400;
    private const int Writers = 8;
    private const int SavesOfEach = 60;
    private readonly List<PostgresSchema> _schemas = [];
    private readonly List<Host> _hosts = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        foreach (var schema in _schemas)
        {
            await schema.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_history_over_two_servers_is_the_same_with_the_short_cut_and_without_it()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (with, without) = (await TwoAsync("--ShortCut:Entries=10000"), await TwoAsync("--ShortCut:Entries=0"));
        with.ShouldAllBe(host => host.Catalog.ShortCut != null);
        without.ShouldAllBe(host => host.Catalog.ShortCut == null);
        var (known, compared) = (new Alike(), new Alike());
        var unchanged = 0;

        for (var step = 0; step < Steps; step++)
        {
            var server = random.Next(2);
            var save = Request.Next(random);
            var first = await SendAsync(with[server], save);
            known.Of(first).ShouldBe(compared.Of(await SendAsync(without[server], save)), $"step {step} at server {server}: {save}");
            unchanged += IsUnchanged(first) ? 1 : 0;
        }

        unchanged.ShouldBeGreaterThan(Steps / 20);
        known.Of(await FeedAsync(with[0])).ShouldBe(compared.Of(await FeedAsync(without[0])));
    }

    [Fact]
    public async Task What_was_acknowledged_by_one_server_is_known_to_the_other_while_many_save()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var servers = await TwoAsync("--ShortCut:Entries=10000");
        servers.ShouldAllBe(host => host.Catalog.ShortCut != null);
        await SaveAsync(servers[0], Table("shared", 0));

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            var random = new Random(seed + writer);
            var acknowledged = -1;
            for (var save = 0; save < SavesOfEach; save++)
            {
                var value = random.Next(2);
                var answer = await SaveAsync(servers[random.Next(2)], Table("shared", 0), Table($"own{writer}", value));
                IsUnchanged(answer).ShouldBe(value == acknowledged, $"save {save} of writer {writer}: {value} after {acknowledged}, and the answer {answer}");
                acknowledged = value;
            }
        }));
    }

    private static bool IsUnchanged(string answer) => answer.StartsWith("200 ", StringComparison.Ordinal) && !answer.Contains("mutatedEntities", StringComparison.Ordinal);

    private static string Table(string name, int value) =>
        $$"""{"typeName":"Table","attributes":{"qualifiedName":"{{name}}","name":"{{name}}","description":"{{value}}"} }""";

    private static Task<string> SaveAsync(Host host, params string[] members) => SendAsync(host, Request.Save(members));

    private async Task<Host[]> TwoAsync(string setting)
    {
        var schema = await cluster.NewSchemaAsync(Cancel);
        _schemas.Add(schema);
        var clock = new AscendingClock();
        var hosts = new Host[2];
        for (var number = 0; number < hosts.Length; number++)
        {
            hosts[number] = await Host.StartByAsync(clock, "--Storage:Provider=postgres", $"--ConnectionStrings:Cartulary={schema.ConnectionString}", setting);
            _hosts.Add(hosts[number]);
        }

        return hosts;
    }

    private static async Task<string> SendAsync(Host host, Request request)
    {
        using var message = new HttpRequestMessage(request.Method, request.Path);
        if (request.Body is { } body)
        {
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (request.IdempotencyKey is { } key)
        {
            message.Headers.Add("Idempotency-Key", key);
        }

        var answer = await host.SendAsync(message);
        return string.Create(CultureInfo.InvariantCulture, $"{answer.Status} {answer.Body.GetRawText()}");
    }

    private static async Task<string> FeedAsync(Host host) => (await host.GetAsync("/api/events?after=0&limit=10000"))["events"].GetRawText();

    /// <summary>A request of a history. Few assets and few values, so that much is said again, and much is changed by somebody else in between.</summary>
    private sealed record Request(HttpMethod Method, string Path, string? Body, string? IdempotencyKey)
    {
        public static Request Save(IEnumerable<string> members, string? key = null) =>
            new(HttpMethod.Post, "/api/meta/entity/bulk", $$"""{"entities":[{{string.Join(',', members)}}]}""", key);

        public static Request Next(Random random) => random.Next(12) switch
        {
            0 => new(HttpMethod.Delete, $"/api/meta/entity/uniqueAttribute/type/Table?attr:qualifiedName=t{random.Next(3)}{(random.Next(3) == 0 ? "&deleteType=PURGE" : "")}", null, null),
            1 => new(HttpMethod.Put, "/api/settings", random.Next(2) == 0 ? """{"ignoredAttributes":["lastSyncRun"]}""" : """{"ignoredAttributes":[]}""", null),
            2 => Save([Member(random)], $"key{random.Next(60)}"),
            _ => Save([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Member(random))]),
        };

        private static string Member(Random random)
        {
            var (table, column) = (random.Next(3), random.Next(4));
            return random.Next(4) switch
            {
                0 => $$"""{"typeName":"Table","attributes":{"qualifiedName":"t{{table}}","name":"t{{random.Next(2)}}","lastSyncRun":"{{random.Next(2)}}"} }""",
                1 => $$"""{"typeName":"Table","status":"ACTIVE","attributes":{"qualifiedName":"t{{table}}","name":"t0"} }""",
                2 => $$"""{"typeName":"SQL","attributes":{"qualifiedName":"t{{table}}","name":"t0","description":"{{random.Next(2)}}"} }""",
                _ => $$"""{"typeName":"Column","attributes":{"qualifiedName":"c{{column}}","name":"c","table":{"typeName":"Table","uniqueAttributes":{"qualifiedName":"t{{table}}"} } } }""",
            };
        }
    }

    /// <summary>Makes the texts of one catalog comparable with those of another: guids in the order in which they are met, and no times.</summary>
    private sealed partial class Alike
    {
        private readonly Dictionary<string, int> _guids = [];

        public string Of(string text) => Time().Replace(Guids().Replace(text, match => $"#{Place(match.Value)}"), "time");

        private int Place(string guid)
        {
            if (!_guids.TryGetValue(guid, out var place))
            {
                _guids.Add(guid, place = _guids.Count);
            }

            return place;
        }

        [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
        private static partial Regex Guids();

        [GeneratedRegex("[0-9]{13}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")]
        private static partial Regex Time();
    }
}
