using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>Nothing is lost and nothing invented: the events alone give the catalog.</summary>
public sealed class FoldProperty
{
    private const int Runs = 20;

    [Fact]
    public Task Folding_the_feed_gives_the_catalog() =>
        Gen.UInt.Array[50, 1_500].SampleAsync(rolls => RunAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    private static async Task RunAsync(uint[] rolls)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var founded = (SaveOutcome.Committed)await catalog.SaveAsync(RandomSaves.Foundation);
        var terms = founded.Summary.GuidAssignments.Select(assignment => assignment.Value).ToList();
        var dice = new Dice(rolls);
        var saves = new RandomSaves(dice, "me");
        for (var count = 0; count < rolls.Length / 25; count++)
        {
            await SaveAsync(catalog, saves, terms, dice);
        }

        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, TestContext.Current.CancellationToken);
        verification.Faults.ShouldBeEmpty();
        verification.Events.ShouldBe(catalog.Head);
        Order.Check((await catalog.EventsAsync(0)).ConvertAll(message => new ToldEvent(message)));
    }

    private static async Task SaveAsync(TestCatalog catalog, RandomSaves saves, List<Guid> terms, Dice dice)
    {
        var before = catalog.Store.Head;
        SaveOutcome outcome;
        var body = "";
        if (dice.OneIn(5))
        {
            outcome = await catalog.TryAsync(saves.ToEnd(terms));
        }
        else
        {
            body = saves.Next(terms);
            outcome = await catalog.TrySaveAsync(body);
        }

        if (outcome is SaveOutcome.Committed committed)
        {
            CheckSummary(committed, (await catalog.EventsAsync(before.Sequence)).ConvertAll(message => new ToldEvent(message)), body);
        }
        else
        {
            catalog.Store.Head.ShouldBe(before, body);
        }
    }

    /// <summary>
    /// The answer to a save lists exactly the assets that its events are about, in the order of those that stand for them, with
    /// their versions.
    /// </summary>
    private static void CheckSummary(SaveOutcome.Committed committed, List<ToldEvent> all, string body)
    {
        var events = all.Where(told => told.TellsEntity || !all.Exists(other => other.Guid == told.Guid && (other.TellsEntity || other.Sequence < told.Sequence))).ToList();
        committed.Summary.Mutations.Select(mutation => mutation.Guid).ShouldBe(events.Select(told => told.Guid), body);
        committed.Summary.Mutations.Select(mutation => OperationTypes.Of(mutation.Kind switch
        {
            MutationKind.Create => EventKind.EntityCreate,
            MutationKind.Delete => EventKind.EntityDelete,
            _ => EventKind.EntityUpdate,
        })).ShouldBe(events.Select(told => told.TellsEntity ? told.Operation : "ENTITY_UPDATE"), body);
        committed.Summary.Mutations.Select(mutation => committed.Receipt.Versions[mutation.Subject]).ShouldBe(events.Select(told => told.Version), body);
    }
}
