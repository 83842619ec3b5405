using CsCheck;

namespace Cartulary.Storage.Conformance;

/// <summary>Random saves, all at once, against a model.</summary>
public abstract partial class CatalogStoreConformance
{
    private static readonly Gen<(CatalogModel.StepKind Kind, int First, int Second)[][]> Saves =
        Gen.Select(Gen.Enum<CatalogModel.StepKind>(), Gen.Int[0, 20], Gen.Int[0, 20]).Array[1, 6].Array[1, 30];

    /// <summary>
    /// Every save comes with a plan that does not hold, so each is planned in its turn, on the state that its commit stands
    /// on; and that state, which may not be durable yet, must already be the model's.
    /// </summary>
    [Fact]
    public async Task Random_saves_leave_what_a_model_in_memory_says() => await Saves.SampleAsync(
        async saves =>
        {
            Store = await OpenFreshAsync(Clock);
            var model = new CatalogModel();
            var stale = Plan().Build() with { RegistryVersion = -1 };

            await Task.WhenAll(saves.Select(steps =>
                Store.CommitAsync(stale, (session, cancel) => model.PlanAsync(session, steps, cancel), Cancel).AsTask()));

            Store = await ReopenAsync(Clock);
            await using var session = await Store.ReadAsync(Cancel);
            await model.CheckAsync(session, Cancel);
        },
        iter: 60,
        threads: 1);
}
