using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>Whatever is saved, every asset in use has exactly the tags that lead to it, and the events alone give them.</summary>
public sealed class TagProperties
{
    private const int Runs = 25;

    [Fact]
    public Task Every_asset_in_use_has_exactly_the_tags_that_lead_to_it() =>
        Gen.UInt.Array[30, 500].SampleAsync(rolls => RunAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    /// <summary>
    /// Saves may pass on next to nothing themselves, others save between the commits of the job, and the job is killed between
    /// two of them again and again.
    /// </summary>
    [Fact]
    public Task When_the_job_has_nothing_to_do_every_asset_in_use_has_exactly_the_tags_that_lead_to_it() =>
        Gen.UInt.Array[30, 700].SampleAsync(rolls => RunWithJobAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

    private static async Task RunAsync(uint[] rolls)
    {
        await using var catalog = await TestCatalog.CreateAsync();
        var tagging = new RandomTagging(catalog, new Dice(rolls));
        await tagging.BeginAsync();
        for (var count = 0; count < rolls.Length / 12; count++)
        {
            await tagging.NextAsync();
            await TagOracle.CheckAsync(catalog.Store, catalog.Types);
        }

        await CheckEventsAsync(catalog);
    }

    private static async Task RunWithJobAsync(uint[] rolls)
    {
        var dice = new Dice(rolls);
        var limits = new SaveLimits { PassedOnPerSave = dice.Below(4), PassedOnPerCommit = dice.Between(1, 3), LookedAtPerTag = dice.OneIn(3) ? 2 : 1_000 };
        await using var catalog = await TestCatalog.CreateAsync(limits: limits);
        var tagging = new RandomTagging(catalog, dice);
        await tagging.BeginAsync();
        for (var count = 0; count < rolls.Length / 25; count++)
        {
            await tagging.NextAsync();
            await catalog.NewTagJob().StepAsync(GoOnAsync, TestContext.Current.CancellationToken);
        }

        await FinishAsync(catalog);
        await TagOracle.CheckAsync(catalog.Store, catalog.Types);
        await CheckEventsAsync(catalog);

        async ValueTask<bool> GoOnAsync()
        {
            if (dice.OneIn(3))
            {
                await tagging.NextAsync();
            }

            return !dice.OneIn(4);
        }
    }

    private static async Task FinishAsync(TestCatalog catalog)
    {
        var job = catalog.NewTagJob();
        for (var steps = 0; await job.StepAsync(static () => new(true), TestContext.Current.CancellationToken); steps++)
        {
            steps.ShouldBeLessThan(2_000);
        }
    }

    private static async Task CheckEventsAsync(TestCatalog catalog)
    {
        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, TestContext.Current.CancellationToken);
        verification.Faults.ShouldBeEmpty();
        Order.Check((await catalog.EventsAsync(0)).ConvertAll(message => new ToldEvent(message)));
    }
}
