using System.Collections.Immutable;
using Cartulary.Core.Ports;

namespace Cartulary.Storage.Conformance;

/// <summary>What every store of API keys must do.</summary>
public abstract class KeyStoreConformance : IAsyncLifetime
{
    private const string Lasting = "administrator";

    private static readonly ApiKey First = new("k1", "admin", Lasting, [1, 2, 3], Created: 100, Revoked: null);
    private static readonly ApiKey Second = new("k2", "crawler", "writer", [4, 5, 6], Created: 50, Revoked: null);

    private IKeyStore _keys = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens a store on a place that nobody has used.</summary>
    protected abstract ValueTask<IKeyStore> OpenFreshAsync();

    /// <summary>Closes the store and opens one on the same place.</summary>
    protected abstract ValueTask<IKeyStore> ReopenAsync();

    /// <summary>Closes the store and removes what it left.</summary>
    protected abstract ValueTask CloseAsync();

    public async ValueTask InitializeAsync() => _keys = await OpenFreshAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Keys_are_listed_oldest_first_also_when_the_store_is_opened_again()
    {
        await _keys.AddAsync(First, Cancel);
        await _keys.AddAsync(Second, Cancel);
        _keys = await ReopenAsync();

        var listed = await _keys.ListAsync(Cancel);

        listed.Select(key => key with { Hash = [] }).ShouldBe([Second with { Hash = [] }, First with { Hash = [] }]);
        listed.SelectMany(key => key.Hash).ShouldBe([4, 5, 6, 1, 2, 3]);
    }

    [Fact]
    public async Task A_key_is_found_by_its_hash_and_by_no_other()
    {
        await _keys.AddAsync(First, Cancel);

        (await _keys.FindByHashAsync(new byte[] { 1, 2, 3 }, Cancel)).ShouldNotBeNull().Id.ShouldBe("k1");
        (await _keys.FindByHashAsync(new byte[] { 1, 2 }, Cancel)).ShouldBeNull();
        (await _keys.FindByHashAsync(ReadOnlyMemory<byte>.Empty, Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task A_revoked_key_is_listed_and_not_found()
    {
        await _keys.AddAsync(Second, Cancel);

        (await RevokeAsync("k2", time: 200)).ShouldBe(KeyRevocation.Revoked);
        _keys = await ReopenAsync();

        (await _keys.FindByHashAsync(new byte[] { 4, 5, 6 }, Cancel)).ShouldBeNull();
        (await _keys.ListAsync(Cancel)).ShouldHaveSingleItem().Revoked.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_is_revoked_only_once()
    {
        await _keys.AddAsync(Second, Cancel);
        await RevokeAsync("k2", time: 200);

        (await RevokeAsync("k2", time: 300)).ShouldBe(KeyRevocation.NotInUse);
        (await RevokeAsync("k9", time: 300)).ShouldBe(KeyRevocation.NotInUse);

        (await _keys.ListAsync(Cancel)).ShouldHaveSingleItem().Revoked.ShouldBe(200);
    }

    [Fact]
    public async Task The_last_key_of_the_lasting_role_stays_in_use()
    {
        await _keys.AddAsync(First, Cancel);
        await _keys.AddAsync(First with { Id = "k3", Hash = [7] }, Cancel);

        (await RevokeAsync("k1", time: 200)).ShouldBe(KeyRevocation.Revoked);
        (await RevokeAsync("k3", time: 300)).ShouldBe(KeyRevocation.LastOfRole);

        (await _keys.FindByHashAsync(new byte[] { 7 }, Cancel)).ShouldNotBeNull().Revoked.ShouldBeNull();
    }

    [Fact]
    public async Task Of_keys_revoked_at_the_same_time_one_stays_in_use()
    {
        ImmutableArray<string> ids = [.. Enumerable.Range(1, 16).Select(number => $"k{number}")];
        foreach (var id in ids)
        {
            await _keys.AddAsync(First with { Id = id, Hash = [(byte)id[1], (byte)id.Length, (byte)id[^1]] }, Cancel);
        }

        var outcomes = await Task.WhenAll(ids.Select(id => RevokeAsync(id, time: 200).AsTask()));

        outcomes.Count(outcome => outcome == KeyRevocation.LastOfRole).ShouldBe(1);
        (await _keys.ListAsync(Cancel)).Count(key => key.Revoked is null).ShouldBe(1);
    }

    [Fact]
    public async Task An_id_or_a_hash_is_not_taken_twice()
    {
        await _keys.AddAsync(First, Cancel);

        await Should.ThrowAsync<Exception>(async () => await _keys.AddAsync(Second with { Id = "k1" }, Cancel));
        await Should.ThrowAsync<Exception>(async () => await _keys.AddAsync(Second with { Hash = First.Hash }, Cancel));

        (await _keys.ListAsync(Cancel)).Length.ShouldBe(1);
    }

    private ValueTask<KeyRevocation> RevokeAsync(string id, long time) => _keys.RevokeAsync(id, Lasting, time, Cancel);
}
