using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cartulary.Core.Query;
using Cartulary.Server.Tests.Hosting;

namespace Cartulary.Server.Tests.Contract;

/// <summary>
/// What the answers to one call say of each other, for any call: a trial says what the save does, a refused save stores and
/// tells nothing, a key gets the first answer again, and what was said once is no change the second time.
/// </summary>
public sealed partial class ContractProperty
{
    private const int Calls = 400;
    private const int Seed = 20_241;

    private const string First = """
        {"entities":[
        {"typeName":"Table","guid":"-1","attributes":{"qualifiedName":"a","name":"a"}},{"typeName":"Table","guid":"-2","attributes":{"qualifiedName":"b","name":"b"}},
        {"typeName":"Column","guid":"-3","attributes":{"qualifiedName":"a/c","name":"c","order":1,"table":{"guid":"-1"}}},{"typeName":"View","guid":"-4","attributes":{"qualifiedName":"v","name":"v"}},
        {"typeName":"Process","guid":"-5","attributes":{"qualifiedName":"p","name":"p","inputs":[{"guid":"-1"}],"outputs":[{"guid":"-4"}]}},{"typeName":"Schema","guid":"-6","attributes":{"qualifiedName":"s","name":"s"}},
        {"typeName":"AtlasGlossary","guid":"-7","attributes":{"qualifiedName":"g","name":"g"}},{"typeName":"AtlasGlossaryTerm","guid":"-8","attributes":{"qualifiedName":"w","name":"w","anchor":{"guid":"-7"}}}]}
        """;

    private static readonly string[] Names = ["a", "b", "a/c", "v", "p", "s", "g", "w"];

    [Fact]
    public async Task Trials_saves_refusals_and_retries_agree()
    {
        await using var host = await Host.StartAsync();
        var assigned = (await host.SendAsync(HttpMethod.Post, "/api/meta/entity/bulk", First))["guidAssignments"];
        var calls = new RandomCalls(Seed, Names.Select((name, index) => (name, guid: assigned.GetProperty($"-{index + 1}").GetString()!)).ToDictionary(pair => pair.name, pair => pair.guid));
        var (taken, refused) = (0, 0);

        for (var number = 0; number < Calls; number++)
        {
            var call = calls.Next();
            var before = await HeadAsync(host);
            var trial = await SendAsync(host, call, "dryRun=true", key: null);
            (await HeadAsync(host)).ShouldBe(before, $"a trial told something: {call}");
            var save = await SendAsync(host, call, "receipts=true", $"key-{number}");
            var told = await ToldAsync(host, before);

            trial.Status.ShouldBe(save.Status, call.ToString());
            if (save.Status != 200)
            {
                refused++;
                save.Status.ShouldBeInRange(400, 499, call.ToString());
                Canonical(trial.Body).ShouldBe(Canonical(save.Body), call.ToString());
                told.ShouldBeEmpty(call.ToString());
                continue;
            }

            taken += told.Count > 0 ? 1 : 0;
            ShouldAgree(call, trial, save, told);
            var again = await SendAsync(host, call, "receipts=true", $"key-{number}");
            again.Body.GetRawText().ShouldBe(save.Body.GetRawText(), call.ToString());
            if (told.Count > 0)
            {
                again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
                await ShouldBeNoChangeAsync(host, call);
            }
        }

        (taken > 50 && refused > 50).ShouldBeTrue($"{taken} calls changed something and {refused} were refused, which says little");
        var catalog = host.Catalog;
        (await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, TestContext.Current.CancellationToken)).Faults.ShouldBeEmpty();
    }

    private static void ShouldAgree(RandomCall call, Answer trial, Answer save, List<JsonElement> told)
    {
        Canonical(WithoutEvents(trial["receipts"])).ShouldBe(Canonical(WithoutEvents(save["receipts"])), call.ToString());
        Canonical(trial["events"]).ShouldBe(Canonical(JsonSerializer.SerializeToElement(told)), call.ToString());
        var tellers = told.Select(GuidOf).ToList();
        tellers.ShouldBeUnique(call.ToString());
        var listed = save.Body.TryGetProperty("mutatedEntities", out var mutated)
            ? mutated.EnumerateObject().SelectMany(list => list.Value.EnumerateArray()).Select(asset => asset.GetProperty("guid").GetString()!).ToList()
            : [];
        listed.ShouldBe(tellers, ignoreOrder: true, call.ToString());
        foreach (var receipt in save["receipts"].EnumerateArray())
        {
            (receipt.GetProperty("verdict").GetString() == "NOOP").ShouldBe(!tellers.Contains(receipt.GetProperty("guid").GetString()!), call.ToString());
        }
    }

    /// <summary>Sent once more, the call changes nothing, unless it says what the first time made impossible: a name taken, a version passed.</summary>
    private static async Task ShouldBeNoChangeAsync(Host host, RandomCall call)
    {
        var before = await HeadAsync(host);
        var again = await SendAsync(host, call, "receipts=true", key: null);

        (await HeadAsync(host)).ShouldBe(before, call.ToString());
        again.Status.ShouldBeOneOf(200, 409, 412);
        if (again.Status == 200)
        {
            again.Body.TryGetProperty("mutatedEntities", out _).ShouldBeFalse(call.ToString());
        }
    }

    private static async Task<long> HeadAsync(Host host) => (await host.GetAsync("/api/events?after=latest"))["head"].GetInt64();

    private static async Task<List<JsonElement>> ToldAsync(Host host, long after) =>
        [.. (await host.GetAsync($"/api/events?after={after}&limit=5000"))["events"].EnumerateArray().Select(item => item.GetProperty("envelope"))];

    private static async Task<Answer> SendAsync(Host host, RandomCall call, string query, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Address + query);
        if (call.Json is not null)
        {
            request.Content = new StringContent(call.Json, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in new[] { ("Idempotency-Key", key), ("If-Match", call.IfMatch) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
            }
        }

        return await host.SendAsync(request);
    }

    private static string GuidOf(JsonElement envelope) => envelope.GetProperty("message").GetProperty("entity").GetProperty("guid").GetString()!;

    /// <summary>A trial has no events to name in its receipts.</summary>
    private static JsonElement WithoutEvents(JsonElement receipts) => JsonSerializer.SerializeToElement(receipts.EnumerateArray()
        .Select(receipt => receipt.EnumerateObject().Where(member => member.Name != "events").ToDictionary(member => member.Name, member => member.Value)));

    /// <summary>The text without what only a commit gives: numbers of events, ids and times; new guids and names by the order in which they come.</summary>
    private static string Canonical(JsonElement json)
    {
        var made = new Dictionary<string, string>(StringComparer.Ordinal);
        return Made().Replace(OfCommit().Replace(json.GetRawText(), "\"${name}\":0"), match =>
        {
            made.TryAdd(match.Value, $"made-{made.Count}");
            return made[match.Value];
        });
    }

    [GeneratedRegex("\"(?<name>sequence|saveId|eventTime|msgCreationTime|createTime|updateTime|[a-z]+UpdatedAt)\":(\"[^\"]*\"|[0-9]+|\\{\"before\":[^}]*\\})", RegexOptions.ExplicitCapture)]
    private static partial Regex OfCommit();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=[\"@])[0-9A-Za-z]{21}(?=[\"@])")]
    private static partial Regex Made();
}
