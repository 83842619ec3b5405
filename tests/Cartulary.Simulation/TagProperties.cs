using Cartulary.Core.Query;
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

        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, TestContext.Current.CancellationToken);
        verification.Faults.ShouldBeEmpty();
        Order.Check((await catalog.EventsAsync(0)).ConvertAll(message => new ToldEvent(message)));
    }
}
