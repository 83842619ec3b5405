namespace Cartulary.Simulation;

/// <summary>One stage for all tests of a class.</summary>
public sealed class StageFixture : IAsyncLifetime
{
    internal Stage Stage { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Stage = await Stage.CreateAsync();

    public ValueTask DisposeAsync() => Stage.DisposeAsync();
}
