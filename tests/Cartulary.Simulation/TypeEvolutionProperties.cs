using Cartulary.Core.Query;
using Cartulary.Core.Save;
using Cartulary.Core.Types.Changes;
using Cartulary.Testing;
using CsCheck;

namespace Cartulary.Simulation;

/// <summary>Types change among saves: what would lose something is refused whole, and whatever was saved can be saved again and differs in nothing.</summary>
public sealed class TypeEvolutionProperties
{
    private const int Runs = 30;

    private readonly Dictionary<TypeEdit, int> _made = [];

    [Fact]
    public async Task What_was_saved_is_the_same_after_any_change_of_its_types()
    {
        await Gen.UInt.Array[40, 400].SampleAsync(rolls => RunAsync(rolls), iter: Runs, threads: 1, print: Rolls.Print);

        _made.Keys.ShouldBe(Enum.GetValues<TypeEdit>(), ignoreOrder: true, "each kind of change was tried");
    }

    private async Task RunAsync(uint[] rolls)
    {
        var dice = new Dice(rolls);
        await using var catalog = await TestCatalog.CreateAsync();
        var world = new TypeEvolution(dice);
        (await catalog.ChangeTypesAsync(world.Json, new TypeChangeManner())).ShouldBeOfType<TypeChangeOutcome.Done>();
        for (var left = rolls.Length / 10; left > 0; left--)
        {
            if (dice.Flip())
            {
                (await catalog.TrySaveAsync(Bulk(world.NextAsset()))).ShouldNotBeOfType<SaveOutcome.Rejected>();
            }
            else
            {
                await EditAsync(catalog, world);
            }
        }

        var verification = await new Verifier(catalog.Store, catalog.Types, catalog.Feed).VerifyAsync(progress: null, TestContext.Current.CancellationToken);
        verification.Faults.ShouldBeEmpty();
    }

    private async Task EditAsync(TestCatalog catalog, TypeEvolution world)
    {
        var (kind, edited, isAllowed) = world.NextEdit();
        _made[kind] = _made.GetValueOrDefault(kind) + 1;
        var (version, head) = (catalog.Types.Newest.Version, catalog.Head);

        var outcome = await catalog.ChangeTypesAsync(edited.Json, new TypeChangeManner { IsUpdate = true });

        if (isAllowed)
        {
            outcome.ShouldBeOfType<TypeChangeOutcome.Done>($"{kind}: {(outcome as TypeChangeOutcome.Refused)?.Problems[0]}");
            world.Adopt(edited);
        }
        else
        {
            outcome.ShouldBeOfType<TypeChangeOutcome.Refused>($"{kind}");
            catalog.Types.Newest.Version.ShouldBe(version, $"{kind}");
        }

        catalog.Head.ShouldBe(head, "types are told by no event");
        foreach (var asset in world.Assets)
        {
            (await catalog.TrySaveAsync(Bulk(asset))).ShouldBeOfType<SaveOutcome.Unchanged>($"{kind} {asset}");
        }
    }

    private static string Bulk(string asset) => $$"""{"entities":[{{asset}}]}""";
}
