using Cartulary.Core.Ports;

namespace Cartulary.Storage.Conformance;

/// <summary>What every store of leases must do.</summary>
public abstract class LeasesConformance : IAsyncLifetime
{
    private static readonly Guid Ada = Guid.CreateVersion7();
    private static readonly Guid Bob = Guid.CreateVersion7();

    private ILeases _leases = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a store on a place that nobody has used.</summary>
    protected abstract ValueTask<ILeases> OpenFreshAsync();

    /// <summary>Lets time pass until a lease that is not renewed has run out.</summary>
    protected abstract ValueTask LetRunOutAsync();

    /// <summary>Closes the store and removes what it left.</summary>
    protected abstract ValueTask CloseAsync();

    public async ValueTask InitializeAsync() => _leases = await OpenFreshAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_lease_that_somebody_holds_is_not_given_to_another()
    {
        var lease = await _leases.TryTakeAsync("work", Ada, Cancel);

        lease.ShouldNotBeNull().ShouldBe(new Lease("work", Ada, lease.Epoch));
        (await _leases.TryTakeAsync("work", Bob, Cancel)).ShouldBeNull();
        (await _leases.TryTakeAsync("other work", Bob, Cancel)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Its_holder_may_take_it_again_and_has_the_same_lease()
    {
        var lease = await _leases.TryTakeAsync("work", Ada, Cancel);

        (await _leases.TryTakeAsync("work", Ada, Cancel)).ShouldBe(lease);
        (await _leases.RenewAsync(lease!, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_lease_that_ran_out_goes_to_whoever_asks_with_a_higher_epoch()
    {
        var lost = await _leases.TryTakeAsync("work", Ada, Cancel);
        await LetRunOutAsync();

        (await _leases.RenewAsync(lost!, Cancel)).ShouldBeFalse();
        var taken = await _leases.TryTakeAsync("work", Bob, Cancel);

        taken.ShouldNotBeNull().Epoch.ShouldBeGreaterThan(lost!.Epoch);
        (await _leases.RenewAsync(lost, Cancel)).ShouldBeFalse();
        (await _leases.RenewAsync(taken, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_owner_that_let_it_run_out_gets_a_new_epoch_too()
    {
        var lost = await _leases.TryTakeAsync("work", Ada, Cancel);
        await LetRunOutAsync();

        (await _leases.TryTakeAsync("work", Ada, Cancel)).ShouldNotBeNull().Epoch.ShouldBeGreaterThan(lost!.Epoch);
    }

    [Fact]
    public async Task A_lease_given_back_can_be_taken_at_once()
    {
        var lease = await _leases.TryTakeAsync("work", Ada, Cancel);
        await _leases.ReleaseAsync(lease!, Cancel);

        (await _leases.RenewAsync(lease!, Cancel)).ShouldBeFalse();
        var taken = await _leases.TryTakeAsync("work", Bob, Cancel);

        taken.ShouldNotBeNull().Epoch.ShouldBeGreaterThan(lease!.Epoch);
        await _leases.ReleaseAsync(lease, Cancel);
        (await _leases.RenewAsync(taken, Cancel)).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_it()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _leases.TryTakeAsync("work", Guid.CreateVersion7(), Cancel).AsTask()));

        taken.Count(lease => lease is not null).ShouldBe(1);
    }
}
