using System.Collections.Immutable;
using Cartulary.Core.Assets;
using Cartulary.Core.Events;
using Cartulary.Core.Ports;
using Cartulary.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Cartulary.Storage.Conformance;

/// <summary>What every store must do. A store's tests inherit it and say how to open one.</summary>
public abstract partial class CatalogStoreConformance : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>The store of the test, opened on a fresh place.</summary>
    protected ICatalogStore Store { get; private set; } = null!;

    /// <summary>The store's clock.</summary>
    protected FakeTimeProvider Clock { get; } = new(Start);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a store on a place that nobody has used.</summary>
    protected abstract ValueTask<ICatalogStore> OpenFreshAsync(TimeProvider clock);

    /// <summary>Closes the store and opens one on the same place.</summary>
    protected abstract ValueTask<ICatalogStore> ReopenAsync(TimeProvider clock);

    /// <summary>Closes the store and removes what it left.</summary>
    protected abstract ValueTask CloseAsync();

    public async ValueTask InitializeAsync() => Store = await OpenFreshAsync(Clock);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A plan on the present head.</summary>
    protected PlanBuilder Plan() => new(Store.Head);

    /// <summary>A planner for plans that must hold.</summary>
    protected static ValueTask<PlanOutcome> Never(IReadSession session, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("The plan should have held.");

    protected async Task<CommitOutcome.Committed> CommitAsync(PlanBuilder plan) =>
        (await Store.CommitAsync(plan.Build(), Never, Cancel)).ShouldBeOfType<CommitOutcome.Committed>();

    /// <summary>Creates assets with these names in one commit.</summary>
    protected async Task<ImmutableArray<StoredAsset>> CreateAsync(params string[] names)
    {
        var plan = Plan();
        foreach (var name in names)
        {
            plan.Create(name);
        }

        await CommitAsync(plan);
        return [.. await Task.WhenAll(names.Select(AssetAsync))];
    }

    /// <summary>The one asset that has a name.</summary>
    protected async Task<StoredAsset> AssetAsync(string name)
    {
        await using var session = await Store.ReadAsync(Cancel);
        return await AssetAsync(session, name);
    }

    protected static async Task<StoredAsset> AssetAsync(IReadSession session, string name)
    {
        var match = (await session.FindByKeyAsync([PlanBuilder.KeyOf(name)], Cancel)).ShouldHaveSingleItem();
        return (await session.LoadAsync([match.Asset], Cancel))[match.Asset];
    }

    /// <summary>How many assets have a name.</summary>
    protected async Task<int> CountAsync(string name)
    {
        await using var session = await Store.ReadAsync(Cancel);
        return (await session.FindByKeyAsync([PlanBuilder.KeyOf(name)], Cancel)).Length;
    }

    protected async Task<ImmutableArray<LoggedCommit>> LogAsync(long after = 0, int limit = int.MaxValue)
    {
        await using var session = await Store.ReadAsync(Cancel);
        return await session.ReadLogAsync(after, limit, Cancel);
    }

    /// <summary>The assets at the far ends of one relationship attribute, in the order of the edges.</summary>
    protected async Task<ImmutableArray<StoredEdge>> EdgesAsync(EndKey end)
    {
        await using var session = await Store.ReadAsync(Cancel);
        return (await session.EdgesAtAsync([end], Cancel)).GetValueOrDefault(end, []);
    }
}
