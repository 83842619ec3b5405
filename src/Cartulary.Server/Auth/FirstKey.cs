using System.Collections.Immutable;
using Cartulary.Core.Ports;
using Cartulary.Core.Save;
using Cartulary.Server.Hosting;

namespace Cartulary.Server.Auth;

/// <summary>Sees to it that somebody can get in: the key that the settings give, or a new one for a catalog without any.</summary>
internal static class FirstKey
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Stores the hashes of given keys that are unknown, or makes an administrator's key for a catalog without any; returns a
    /// made key, which nobody sees again.
    /// </summary>
    /// <exception cref="InvalidOperationException">A given key has been revoked, or has another role.</exception>
    public static async Task<string?> EnsureAsync(
        IKeyStore store, ILeases leases, Settings settings, IIdSource ids, TimeProvider clock, CancellationToken cancellationToken)
    {
        // Of servers that start together, one after another looks: the second one finds the key of the first.
        var owner = ids.NewGuid();
        Lease? lease;
        while ((lease = await leases.TryTakeAsync("first key", owner, cancellationToken)) is null)
        {
            await Task.Delay(AskAgain, clock, cancellationToken);
        }

        try
        {
            return await EnsureAloneAsync(store, settings, ids, clock, cancellationToken);
        }
        finally
        {
            await leases.ReleaseAsync(lease, CancellationToken.None);
        }
    }

    private static async Task<string?> EnsureAloneAsync(
        IKeyStore store, Settings settings, IIdSource ids, TimeProvider clock, CancellationToken cancellationToken)
    {
        var keys = await store.ListAsync(cancellationToken);
        var made = settings.AdministratorKey is null && keys.IsEmpty ? RandomIds.NewSecret() : null;
        ImmutableArray<Wanted> wanted =
        [
            new(settings.AdministratorKey ?? made, "admin", KeyRoles.Administrator, Settings.AdministratorKeyName),
            new(settings.ReadOnlyKey, "reader", KeyRoles.ReadOnly, Settings.ReadOnlyKeyName),
        ];
        foreach (var key in wanted)
        {
            if (key.Secret is { } secret && IsMissing(keys, key, KeyHash.Of(secret).ToBytes()))
            {
                var hash = ImmutableArray.Create(KeyHash.Of(secret).ToBytes());
                var created = clock.GetUtcNow().ToUnixTimeMilliseconds();
                await store.AddAsync(new ApiKey(ids.NewGuid().ToString("D"), key.Name, key.Role, hash, created, Revoked: null), cancellationToken);
            }
        }

        return made;
    }

    private static bool IsMissing(ImmutableArray<ApiKey> keys, Wanted wanted, byte[] hash)
    {
        if (keys.FirstOrDefault(key => key.Hash.AsSpan().SequenceEqual(hash)) is not { } known)
        {
            return true;
        }

        if (known.Revoked is not null)
        {
            throw new InvalidOperationException($"The key in {wanted.Setting} has been revoked: give another one.");
        }

        return known.Role == wanted.Role
            ? false
            : throw new InvalidOperationException($"The key in {wanted.Setting} is known with another role: give another one.");
    }

    /// <summary>A key that the settings ask for.</summary>
    private sealed record Wanted(string? Secret, string Name, string Role, string Setting);
}
