using System.Globalization;
using Cartulary.Core.Errors;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>
/// Many clients at once, on the same few assets: nobody fails, nobody starves, no update is lost, and what the events tell,
/// taken in commit order, is what is stored.
/// </summary>
public sealed class ConcurrencyTests
{
    private const int Clients = 8;
    private const int SavesOfEach = 60;

    [Fact]
    public Task Clients_that_fight_over_the_same_assets_lose_nothing() =>
        Gen.UInt.Array[1_000, 1_500].Array[Clients].SampleAsync(RunAsync, iter: 3, threads: 1, print: rolls => $"{rolls.Length} clients");

    [Fact]
    public async Task A_counter_that_every_client_raises_for_itself_ends_at_the_number_of_its_saves()
    {
        await using var catalog = await TestCatalog.CreateAsync();
        await catalog.SaveAsync(RandomSaves.Foundation);
        var table = await catalog.GuidOfAsync("Table", "table0");

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => CountAsync(catalog, client)));

        var events = (await catalog.EventsAsync(0)).ConvertAll(message => new ToldEvent(message));
        Order.Check(events);
        events.Count(told => told.Guid == table).ShouldBe((int)(await catalog.GetAsync(table)).Asset.Version);
        foreach (var client in Enumerable.Range(0, Clients))
        {
            CheckCounter(events, table, client, SavesOfEach);
        }
    }

    private static async Task RunAsync(uint[][] rolls)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var founded = (SaveOutcome.Committed)await catalog.SaveAsync(RandomSaves.Foundation);
        var terms = founded.Summary.GuidAssignments.Select(assignment => assignment.Value).ToList();

        var committed = await Task.WhenAll(rolls.Select((own, client) => SaveAllAsync(catalog, new Dice(own), $"c{client}", terms)));

        var events = (await catalog.EventsAsync(0)).ConvertAll(message => new ToldEvent(message));
        Order.Check(events);
        CheckAcknowledged([founded, .. committed.SelectMany(saves => saves)], events);
        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, TestContext.Current.CancellationToken);
        verification.Faults.ShouldBeEmpty();
        await ReplayAsync(catalog, events);
    }

    private static async Task<List<SaveOutcome.Committed>> SaveAllAsync(TestCatalog catalog, Dice dice, string owner, IReadOnlyList<Guid> terms)
    {
        await Task.Yield();
        var saves = new RandomSaves(dice, owner);
        var committed = new List<SaveOutcome.Committed>();
        for (var count = 0; count < SavesOfEach; count++)
        {
            var outcome = dice.OneIn(6)
                ? await catalog.ArchiveAsync(saves.ToArchive(terms))
                : await catalog.TrySaveAsync(saves.Next(terms), owner);
            if (outcome is SaveOutcome.Committed done)
            {
                committed.Add(done);
            }
            else if (outcome is SaveOutcome.Rejected rejected)
            {
                CheckRefusal(rejected);
            }
        }

        return committed;
    }

    /// <summary>Only the archiving of a process that nobody has made yet may be refused, never a save because of another client.</summary>
    private static void CheckRefusal(SaveOutcome.Rejected rejected) =>
        rejected.Problems.ShouldAllBe(problem => problem.Code.Equals(ErrorCodes.NotFoundByAttribute), TestCatalog.Show(rejected));

    /// <summary>Every acknowledged save is in the log, with the events, versions and numbers that its answer named, and nothing else is.</summary>
    private static void CheckAcknowledged(List<SaveOutcome.Committed> committed, List<ToldEvent> events)
    {
        var bySave = events.ToLookup(told => told.SaveId);
        foreach (var save in committed)
        {
            var told = bySave[save.Context.SaveId].ToList();
            told.Select(one => (one.Guid, one.Version)).ShouldBe(save.Summary.Mutations.Select(mutation => (mutation.Guid, save.Receipt.Versions[mutation.Subject])));
            told.ForEach(one => one.Sequence.ShouldBeInRange(save.Receipt.FirstSequence, save.Receipt.FirstSequence + told.Count - 1));
        }

        bySave.Select(save => save.Key).Except(committed.Select(save => save.Context.SaveId)).ShouldBeEmpty();
        committed.Select(save => save.Receipt.Commit.Value).ShouldBeUnique();
    }

    /// <summary>A sequential reader of the log finds each change begin where the one before it ended.</summary>
    private static async Task ReplayAsync(TestCatalog catalog, List<ToldEvent> events)
    {
        var model = new SequentialModel();
        events.ForEach(model.Apply);

        model.Faults.ShouldBeEmpty();
        foreach (var (guid, asset) in model.Assets)
        {
            var observed = Observed.From(await catalog.GetAsync(guid));
            asset.Attributes.ShouldBe(observed.Attributes, ignoreOrder: true);
            asset.Edges.ShouldBe(observed.Edges, ignoreOrder: true);
        }
    }

    /// <summary>Raises an own attribute of a shared table from what is stored, while others do the same with theirs.</summary>
    private static async Task CountAsync(TestCatalog catalog, int client)
    {
        await Task.Yield();
        for (var count = 1; count <= SavesOfEach; count++)
        {
            var attribute = Counter(client);
            var body = $"{{\"entities\":[{{\"typeName\":\"Table\",\"attributes\":{{\"qualifiedName\":\"table0\",\"name\":\"table0\",\"{attribute}\":\"{count.ToString(CultureInfo.InvariantCulture)}\"}}}},{{\"typeName\":\"Column\",\"attributes\":{{\"qualifiedName\":\"own{client}-{count}\",\"name\":\"own\",\"table\":{{\"typeName\":\"Table\",\"uniqueAttributes\":{{\"qualifiedName\":\"table0\"}}}}}}}}]}}";
            (await catalog.SaveAsync(body)).ShouldBeOfType<SaveOutcome.Committed>();
        }
    }

    private static string Counter(int client) => new[]
    {
        "description", "userDescription", "displayName", "sourceURL", "lastSyncRun", "lastSyncWorkflowName", "assetIcon", "subType",
    }[client];

    private static void CheckCounter(List<ToldEvent> events, Guid table, int client, int last)
    {
        var told = events.Where(one => one.Guid == table && one.Before is not null)
            .Where(one => ToldEvent.Attributes(one.After).ContainsKey(Counter(client)))
            .Select(one => (Before: ToldEvent.Attributes(one.Before!.Value)[Counter(client)], After: ToldEvent.Attributes(one.After)[Counter(client)]))
            .ToList();
        told.Select(one => one.After).ShouldBe(Enumerable.Range(1, last).Select(count => $"\"{count}\""));
        told.Select(one => one.Before).ShouldBe(Enumerable.Range(0, last).Select(count => count == 0 ? "null" : $"\"{count}\""));
    }
}
